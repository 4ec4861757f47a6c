"""Whom a file names: a learner as the class knows them, or under a name that leads to nobody."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

HASH_DIGITS = 32
"""Of SHA-256: 128 bits keep a million learners apart."""


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody in a file; `name` and `external_id` are those of the class, "" without."""

    id: str
    name: str = ""
    external_id: str = ""


Naming = Callable[[str, str, str], Learner]
"""Returns whom a file names, of id, name and external id."""


def pseudonymous(salt: bytes) -> Naming:
    """Return a naming by the HMAC of the id under this salt: one for each file that is made.

    Names and external ids vanish. In one file the same learner has the same hash; without the salt
    nobody can compute it.
    """

    @lru_cache(10_000)
    def named(id: str, name: str, external_id: str) -> Learner:
        return Learner(hmac.digest(salt, id.encode(), "sha256").hex()[:HASH_DIGITS])

    return named
