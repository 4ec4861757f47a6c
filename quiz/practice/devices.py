"""Going on in another browser, without an account: a code that one shows and the other takes.

It works once and for ten minutes, and only its SHA-256 is kept. Where both browsers have answers,
both learners become one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.codes import ONCE, code_from
from quiz.core.errors import NotFoundError
from quiz.core.tokens import digest_of
from quiz.practice.desk import Desk
from quiz.storage import devices
from quiz.storage.dialect import hold_rows
from quiz.storage.learners import learner_id_of
from quiz.storage.merging import answers_of, merge_learners, newly_seen
from quiz.storage.tables import DeviceCodeRow, LearnerRow

LIFETIME = timedelta(minutes=10)

NO_CODE = (
    "This code does not work. A code works once and for ten minutes: make a new one in the browser "
    "that you come from. If you have just used it here, all is well."
)


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """A code that lets in another browser until `ends_at`."""

    code: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a code would do in this browser.

    `here` counts the answers of this browser's learner, None where there is no learner; `there`
    those of the learner it would go on as. `revealed` counts the answers that a class would see and
    none sees now. `same` says that both are one already.
    """

    code: str
    here: int | None
    there: int
    revealed: int
    same: bool


async def make_code(desk: Desk, digest: str, *, now: datetime) -> DeviceCode | None:
    """Make a code for the learner of this browser in place of an older one; None for nobody."""
    code = code_from(desk.unguessable(), ONCE)
    async with desk.database.writing.begin() as session:
        learner_id = await learner_id_of(session, digest) if digest else None
        if learner_id is None:
            return None
        await devices.put_code(session, learner_id, digest=digest_of(code), ends_at=now + LIFETIME)
    return DeviceCode(code, now + LIFETIME)


async def arrival(desk: Desk, digest: str, code: str, *, now: datetime) -> Arrival:
    """Return what a code would do here. Raises NotFoundError for one that does not work."""
    async with desk.database.reading() as session:
        here = await learner_id_of(session, digest) if digest else None
        there = (await _working(session, code, here, now=now)).learner_id
        answers = await answers_of(session, there, *([here] if here else []))
        merging = here is not None and here != there
        return Arrival(
            code=code,
            here=answers[here] if here else None,
            there=answers[there],
            revealed=await newly_seen(session, there, here) if here and merging else 0,
            same=here == there,
        )


async def arrive(desk: Desk, cookie: str, code: str, *, now: datetime) -> str:
    """Go on in this browser as the learner of a code, and return the cookie for it.

    What was done here before is theirs then, too. Raises NotFoundError for a code that does not
    work; one that was used here already changes nothing.
    """
    async with desk.database.writing.begin() as session:
        here = await learner_id_of(session, digest_of(cookie)) if cookie else None
        there = (await _working(session, code, here, now=now)).learner_id
        await hold_rows(session, LearnerRow, {there, here or there})
        found = await _working(session, code, here, now=now)  # another may have been quicker
        if here == there:
            return cookie
        found.used_at = now
        if here is None:
            cookie = desk.unguessable()
            devices.add_token(session, there, digest=digest_of(cookie), now=now)
        else:
            await session.flush()
            await merge_learners(session, there, here, devices=True)
    return cookie


async def _working(
    session: AsyncSession, code: str, here: int | None, *, now: datetime
) -> DeviceCodeRow:
    """Return a code that can be used, or was used by the learner who is here."""
    found = await devices.code_of(session, digest_of(code), now=now) if code else None
    if found is None or (found.used_at is not None and found.learner_id != here):
        raise NotFoundError(NO_CODE)
    return found
