"""Passwords as Argon2id hashes, off the event loop and few at a time."""

from __future__ import annotations

from typing import Any

from anyio import CapacityLimiter, to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

AT_ONCE = 2
"""Hashes computed at a time: each takes 64 MiB and some 0.2 s of a core."""


class Hasher:
    """Argon2id with the parameters of RFC 9106 for little memory, or others given.

    Belongs to one event loop. An unknown name costs the same work as a known one.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._limit = CapacityLimiter(AT_ONCE)
        self._nobody: str | None = None

    async def hash(self, password: str) -> str:
        """Return a new hash of a password, with its salt and parameters."""
        return str(await self._run(self._hasher.hash, password))

    async def matches(self, stored: str | None, password: str) -> bool:
        """Return whether a hash is of this password; None is of none, after the same work."""
        if self._nobody is None:
            self._nobody = await self.hash("nobody has this")
        return await self._run(self._verify, stored or self._nobody, password) and bool(stored)

    def is_outdated(self, stored: str) -> bool:
        """Return whether a hash was made with other parameters than now."""
        return self._hasher.check_needs_rehash(stored)

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerifyMismatchError, InvalidHashError):
            return False

    async def _run(self, work: Any, *args: str) -> Any:
        return await to_thread.run_sync(work, *args, limiter=self._limit)
