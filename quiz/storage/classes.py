"""Classes, and which answers a class may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption as ORMOption

from quiz.core.attempts import IMPORTED
from quiz.storage.school import ClassRow, EnrolmentRow, PersonRow
from quiz.storage.tables import AttemptRow

LINES = selectinload(ClassRow.enrolments)
"""What to ask `class_of` for to have the lines of a class, too: a second SELECT, and no third."""


async def class_of(
    session: AsyncSession, owner_id: int, public_id: str, *options: ORMOption
) -> ClassRow | None:
    """Return a class of an instructor; None for another's as for one that does not exist."""
    query = select(ClassRow).where(ClassRow.public_id == public_id, ClassRow.owner_id == owner_id)
    return (await session.scalars(query.options(*options))).one_or_none()


async def classes_of(
    session: AsyncSession, owner_id: int | None = None
) -> Sequence[Row[ClassRow, int]]:
    """Return the classes of an instructor or of all, newest first.

    Each comes with its owner loaded, and with how many learners are in it now.
    """
    learners = (
        select(func.count())
        .select_from(EnrolmentRow)
        .where(EnrolmentRow.class_id == ClassRow.id)
        .where(EnrolmentRow.learner_id.is_not(None), EnrolmentRow.left_at.is_(None))
        .scalar_subquery()
    )
    query = (
        select(ClassRow, learners)
        .options(joinedload(ClassRow.owner, innerjoin=True))
        .order_by(ClassRow.id.desc())
    )
    if owner_id is not None:
        query = query.where(ClassRow.owner_id == owner_id)
    return (await session.execute(query)).all()


async def classes_called(session: AsyncSession, name: str) -> Sequence[ClassRow]:
    """Return the class with a public id, else all of that name, whoever's they are."""
    by_id = select(ClassRow).where(ClassRow.public_id == name)
    found = (await session.scalars(by_id)).all()
    return found or (await session.scalars(select(ClassRow).where(ClassRow.name == name))).all()


def add_class(
    session: AsyncSession, owner_id: int, *, public_id: str, name: str, code: str, now: datetime
) -> ClassRow:
    """Make a class and return it."""
    row = ClassRow(public_id=public_id, owner_id=owner_id, name=name, code=code, created_at=now)
    session.add(row)
    return row


async def class_by_code(session: AsyncSession, code: str) -> tuple[ClassRow, str] | None:
    """Return the class that a code opens and its instructor's name; None where it opens none.

    A class that was put away opens to nobody.
    """
    query = (
        select(ClassRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == ClassRow.owner_id)
        .where(ClassRow.code == code, ClassRow.archived_at.is_(None))
    )
    found = (await session.execute(query)).one_or_none()
    return (found[0], found[1]) if found else None


def is_seen() -> ColumnElement[bool]:
    """Return the condition on an attempt beside an enrolment: the class sees it by this line.

    No class sees what was brought in from a file: nobody but the learner vouches for it.
    """
    return and_(
        EnrolmentRow.learner_id == AttemptRow.learner_id,
        AttemptRow.mode != IMPORTED,
        EnrolmentRow.since_at <= AttemptRow.answered_at,
        or_(EnrolmentRow.left_at.is_(None), AttemptRow.answered_at < EnrolmentRow.left_at),
    )


def seen_by_class(class_id: int) -> ColumnElement[bool]:
    """Return the condition on attempts that a class may see them: given in it, or shared."""
    return exists().where(EnrolmentRow.class_id == class_id, is_seen())


def learners_of_class(class_id: int) -> Select[int | None]:
    """Return the ids of the learners who are or were in a class, as a query."""
    return select(EnrolmentRow.learner_id).where(
        EnrolmentRow.class_id == class_id, EnrolmentRow.learner_id.is_not(None)
    )
