"""Making sure that it is the person: secrets are tried seldom, and codes are used once.

Failures are counted by name in the database, so that every worker knows of them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from quiz.core.errors import FormError, TooOftenError
from quiz.core.names import key_of
from quiz.core.people import Person
from quiz.people import codes
from quiz.people.hashing import Hasher
from quiz.storage import events, people
from quiz.storage.engine import Database
from quiz.storage.school import PersonRow

WINDOW = timedelta(minutes=15)
MOST_FAILURES = 10
"""Failures of one name in WINDOW, after which the name has to wait."""

FAILED = "sign-in-failed"
CONFIRMED = "confirmed"


async def begin_try(database: Database, name: str, *, now: datetime) -> int:
    """Note that a try failed before it is made, and return the event: `events.settle` mends it.

    So trying at many doors at once is no way round the limit. Raises TooOftenError.
    """
    subject = events.hidden(key_of(name))
    async with database.writing.begin() as session:
        times = await events.last_times(
            session, FAILED, subject, since=now - WINDOW, limit=MOST_FAILURES
        )
        if len(times) == MOST_FAILURES:
            wait_s = max(1, ceil((times[-1] + WINDOW - now).total_seconds()))
            raise TooOftenError(
                f"That was tried too often. Try again in {ceil(wait_s / 60)} min, or ask whoever "
                "runs the server for a link that signs in.",
                wait_s,
            )
        return await events.note(session, FAILED, now=now, subject=subject)


def use_code(row: PersonRow, code: str, *, now: datetime) -> str:
    """Use up a code of somebody's second factor, in a transaction that holds the row.

    Returns what it was of, `device` or `recovery`, or "" for one that is wrong or was used.
    """
    if row.totp_secret is None:
        return ""
    step = codes.step_of(code, row.totp_secret, after=row.totp_step, now=now)
    if step is not None:
        row.totp_step = step
        return "device"
    left = codes.left_after(code, row.recovery)
    if left is not None:
        row.recovery = left
        return "recovery"
    return ""


async def confirm_password(
    database: Database, hasher: Hasher, person: Person, password: str, field: str, *, now: datetime
) -> str | None:
    """Make sure by the password, and return the hash that it goes with; None for who has none.

    Raises FormError and TooOftenError.
    """
    async with database.reading() as session:
        stored = (await session.get_one(PersonRow, person.id)).password
    if stored is None:
        return None
    event = await begin_try(database, person.name, now=now)
    if not await hasher.matches(stored, password):
        raise FormError(field, "That is not your present password.")
    async with database.writing.begin() as session:
        await events.settle(session, event, CONFIRMED, person_id=person.id)
    return stored


async def confirm_code(
    database: Database, person: Person, code: str, field: str, *, now: datetime
) -> None:
    """Make sure by a code of the second factor, which is used up.

    Raises FormError and TooOftenError.
    """
    event = await begin_try(database, person.name, now=now)
    async with database.writing.begin() as session:
        way = use_code(await people.held(session, person.id), code, now=now)
        if not way:
            raise FormError(field, "That code is wrong, or it was used before.")
        await events.settle(session, event, CONFIRMED, person_id=person.id, details={"way": way})
