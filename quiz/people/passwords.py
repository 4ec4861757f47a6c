"""Which passwords are taken: long ones, no common ones, and no rules about signs."""

from __future__ import annotations

from functools import cache

from quiz.core.errors import FormError
from quiz.core.names import key_of

SHORTEST, LONGEST = 8, 200
"""Characters of a password; 15 or more are advised."""
COMMONEST = 10_000
"""How many of the passwords met most often are refused."""


def check_password(password: str, name: str, *, field: str = "password") -> None:
    """Raise FormError for a password that is too short, too long, common, or the own name."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise FormError(
            field,
            f"A password has {SHORTEST} to {LONGEST} characters; this one has {len(password)}. "
            "Three or four words in a row make a good one.",
        )
    if password.casefold() in _common():
        raise FormError(field, "That is one of the passwords tried first. Choose another one.")
    if key_of(password) == key_of(name):
        raise FormError(field, "A password must not be the name. Choose another one.")


@cache
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # half a second, and seldom needed

    return frozenset(FREQUENCY_LISTS["passwords"][:COMMONEST])
