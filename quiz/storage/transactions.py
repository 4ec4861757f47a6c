"""Trying again what failed only for a moment: a restart, a deadlock, two changes that met.

An act that is tried again must be whole: a transaction that failed has left nothing, and one whose
COMMIT got no answer may have left all. Answers count once by their place, so both are right.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from quiz.core.errors import BusyError

T = TypeVar("T")

DELAYS_S = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 1.6, 1.6)
"""Seconds to wait after each try: a server has some six to come back."""

PASSING = {
    "08003": "the connection was closed on the way",
    "08006": "the connection failed",
    "40001": "could not serialise",
    "40P01": "deadlock",
    "55P03": "waited too long for a lock",
    "57P01": "the server is told to stop",
    "57P02": "the server crashed",
    "57P03": "the server is starting",
    "53300": "too many connections",
    "1020": "a row changed meanwhile",
    "1040": "too many connections",
    "1053": "the server is told to stop",
    "1205": "waited too long for a lock",
    "1213": "deadlock",
    "2002": "no connection by a socket",
    "2003": "no connection",
    "2006": "the server has gone",
    "2013": "connection lost",
}
"""Codes of PostgreSQL, then those of MariaDB."""


def is_passing(error: BaseException) -> bool:
    """Return whether it may go well at another try."""
    if isinstance(error, DBAPIError):
        original = error.orig
        return error.connection_invalidated or (original is not None and is_passing(original))
    return isinstance(error, ConnectionError | FileNotFoundError | TimeoutError) or (
        _code(error) in PASSING
    )


async def persistent(act: Callable[[], Awaitable[T]], *, delays_s: Sequence[float] = DELAYS_S) -> T:
    """Do an act, and again while it fails in passing, waiting after each try.

    Raises BusyError where it still fails after the last.
    """
    for delay_s in delays_s:
        try:
            return await act()
        except Exception as error:
            if not is_passing(error):
                raise
            cause = error
        await asyncio.sleep(delay_s)
    raise BusyError(
        "The database does not answer, so nothing was saved. Try again in a moment."
    ) from cause


async def in_transaction(
    sessions: async_sessionmaker[AsyncSession], work: Callable[[AsyncSession], Awaitable[T]]
) -> T:
    """Do work in a transaction of its own, and all of it again where it failed in passing."""

    async def act() -> T:
        async with sessions.begin() as session:
            return await work(session)

    return await persistent(act)


def _code(error: BaseException) -> str:
    """Return what the driver calls the error: an SQLSTATE, or MariaDB's number."""
    state: Any = getattr(error, "sqlstate", None)
    return str(state or next(iter(error.args), ""))
