"""Joining a class without an account, what it sees of a learner, and leaving it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.classes import Invitation, Joining, Membership
from quiz.core.errors import NotFoundError
from quiz.core.names import key_of, read_name
from quiz.practice.desk import Desk
from quiz.practice.rounds import learner_for
from quiz.storage import enrolments
from quiz.storage.classes import class_by_code
from quiz.storage.dialect import hold_rows
from quiz.storage.learners import learner_id_of
from quiz.storage.school import ClassRow, EnrolmentRow

NO_CODE = (
    "This code opens no class. Compare it with the one you were given, or ask for it again: "
    "it may have been replaced, or the class may have ended."
)
NO_MEMBERSHIP = "There is no such class, or this browser is not in it."


@dataclass(frozen=True, slots=True)
class Joined:
    """Who has joined, by the cookie: the same as before or a new one."""

    cookie: str


async def invitation(desk: Desk, digest: str, code: str) -> Invitation:
    """Return what a join link opens, and whether this learner is in already.

    Raises NotFoundError, the same for a wrong code and for a class that was put away.
    """
    async with desk.database.reading() as session:
        found, owner = await _opened(session, code)
        learner_id = await learner_id_of(session, digest) if digest else None
        if learner_id is None:
            return Invitation(code, found.name, owner, None, 0)
        row = await enrolments.enrolment_in(session, found.id, learner_id)
        line = enrolments.line_from(row) if row else None
        answers, _ = await enrolments.answers_until_now(session, learner_id)
        return Invitation(code, found.name, owner, line, answers)


async def join(desk: Desk, cookie: str, code: str, joining: Joining, *, now: datetime) -> Joined:
    """Join a class; who has no valid cookie becomes a learner.

    Who is in already stays as they are. Who had left comes back to the line they had. Who gives the
    name of a line that waits, the only one of that name, takes it. Raises NotFoundError as
    `invitation` does, and FormError for a name that cannot be taken.
    """
    name = read_name(joining.name, "Your name")
    async with desk.database.writing.begin() as session:
        found, _ = await _opened(session, code)
        await hold_rows(session, ClassRow, [found.id])  # two must not take the same line
        learner_id, cookie = await learner_for(desk, session, cookie, now=now)
        row = await enrolments.enrolment_in(session, found.id, learner_id)
        if row is None:
            row = await _line_for(desk, session, found.id, name, now=now)
            row.learner_id, row.joined_at, row.since_at = learner_id, now, now
        elif row.left_at is None:
            return Joined(cookie)
        else:
            row.name, row.left_at = name, None
        row.shares_certainty = joining.shares_certainty
        if joining.shares_before:
            _, first = await enrolments.answers_until_now(session, learner_id)
            row.since_at = min(first or now, row.since_at or now)
    return Joined(cookie)


async def memberships(desk: Desk, digest: str) -> tuple[Membership, ...]:
    """Return the classes that a learner is in or was, none for nobody."""
    async with desk.database.reading() as session:
        learner_id = await learner_id_of(session, digest) if digest else None
        if learner_id is None:
            return ()
        rows = await enrolments.enrolments_of(session, learner_id)
        return tuple(_membership(*row) for row in rows)


async def membership(desk: Desk, digest: str, public_id: str) -> Membership:
    """Return one of a learner's classes. Raises NotFoundError."""
    async with desk.database.reading() as session:
        return _membership(*await _own(session, digest, public_id))


async def leave(desk: Desk, digest: str, public_id: str, *, now: datetime) -> None:
    """Leave a class: it sees nothing that is answered from now on. Raises NotFoundError."""
    async with desk.database.writing.begin() as session:
        row, _, _ = await _own(session, digest, public_id)
        row.left_at = row.left_at or now


async def rename(desk: Desk, digest: str, public_id: str, name: str) -> None:
    """Take another name in a class. Raises NotFoundError and FormError."""
    async with desk.database.writing.begin() as session:
        row, _, _ = await _own(session, digest, public_id)
        row.name = read_name(name, "Your name")


async def _opened(session: AsyncSession, code: str) -> tuple[ClassRow, str]:
    found = await class_by_code(session, code) if code else None
    if found is None:
        raise NotFoundError(NO_CODE)
    return found


async def _line_for(
    desk: Desk, session: AsyncSession, class_id: int, name: str, *, now: datetime
) -> EnrolmentRow:
    """Return the one line that waits under this name, else a new one."""
    waiting = [
        row
        for row in await enrolments.roster_of(session, class_id)
        if row.learner_id is None and key_of(row.name) == key_of(name)
    ]
    if len(waiting) == 1:
        return waiting[0]
    public_id = desk.unguessable()[:22]
    return enrolments.add_line(session, class_id, public_id=public_id, name=name, now=now)


async def _own(
    session: AsyncSession, digest: str, public_id: str
) -> tuple[EnrolmentRow, ClassRow, str]:
    learner_id = await learner_id_of(session, digest) if digest else None
    rows = await enrolments.enrolments_of(session, learner_id, public_id) if learner_id else ()
    if not rows:
        raise NotFoundError(NO_MEMBERSHIP)
    row, found, owner = rows[0]
    return row, found, owner


def _membership(row: EnrolmentRow, found: ClassRow, owner: str) -> Membership:
    return Membership(
        id=row.public_id,
        class_name=found.name,
        code=found.code,
        owner=owner,
        line=enrolments.line_from(row),
        archived=found.archived_at is not None,
    )
