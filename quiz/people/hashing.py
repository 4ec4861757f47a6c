"""Passwords as Argon2id hashes, off the event loop and few at a time."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from anyio import CapacityLimiter, to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from quiz.core.errors import BusyError

AT_ONCE = 2
"""Hashes computed at a time: each takes 64 MiB and some 0.4 s."""
WAITING = 40
"""Who comes while so many wait is told to come back: the turn would take some 10 s."""


class Hasher:
    """Argon2id with the parameters of RFC 9106 for little memory, or others given.

    Belongs to one event loop. An unknown name costs the same work as a known one. All that it does
    raises BusyError where too many wait.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._limit = CapacityLimiter(AT_ONCE)
        self._here = 0
        self._nobody = _nobodys(self._hasher)

    async def hash(self, password: str) -> str:
        """Return a new hash of a password, with its salt and parameters."""
        return str(await self._run(self._hasher.hash, password))

    async def matches(self, stored: str | None, password: str) -> bool:
        """Return whether a hash is of this password; None is of none, after the same work."""
        return await self._run(self._verify, stored or self._nobody, password) and bool(stored)

    def is_outdated(self, stored: str) -> bool:
        """Return whether a hash was made with other parameters than now."""
        return self._hasher.check_needs_rehash(stored)

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Any, *args: str) -> Any:
        if self._here >= AT_ONCE + WAITING:
            raise BusyError("Too many people sign in just now. Try again in a moment.")
        self._here += 1
        try:
            return await to_thread.run_sync(work, *args, limiter=self._limit)
        finally:
            self._here -= 1


def _nobodys(hasher: PasswordHasher) -> str:
    """Return what reads as a hash and costs as much to compare with, and is of no password."""
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, digest = (
        b64encode(bytes(length)).decode().rstrip("=")
        for length in (hasher.salt_len, hasher.hash_len)
    )
    return f"$argon2id$v=19${costs}${salt}${digest}"
