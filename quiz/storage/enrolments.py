"""Learners in classes, and lines of rosters that wait for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.attempts import IMPORTED
from quiz.core.classes import Line
from quiz.storage.school import ClassRow, EnrolmentRow, PersonRow
from quiz.storage.tables import AttemptRow


def line_from(row: EnrolmentRow) -> Line:
    """Return the line that a row keeps."""
    return Line(
        id=row.public_id,
        name=row.name,
        external_id=row.external_id,
        joined_at=row.joined_at,
        since_at=row.since_at,
        left_at=row.left_at,
        shares_certainty=row.shares_certainty,
    )


def add_line(
    session: AsyncSession,
    class_id: int,
    *,
    public_id: str,
    name: str,
    external_id: str = "",
    now: datetime,
) -> EnrolmentRow:
    """Add a line that waits for somebody, and return it."""
    row = EnrolmentRow(
        public_id=public_id,
        class_id=class_id,
        name=name,
        external_id=external_id,
        shares_certainty=False,
        created_at=now,
    )
    session.add(row)
    return row


async def roster_of(session: AsyncSession, class_id: int) -> Sequence[EnrolmentRow]:
    """Return all lines of a class in the order in which they were made."""
    query = select(EnrolmentRow).where(EnrolmentRow.class_id == class_id).order_by(EnrolmentRow.id)
    return (await session.scalars(query)).all()


async def line_of(session: AsyncSession, class_id: int, public_id: str) -> EnrolmentRow | None:
    """Return a line of a class, None where the class has no such line."""
    query = select(EnrolmentRow).where(
        EnrolmentRow.class_id == class_id, EnrolmentRow.public_id == public_id
    )
    return (await session.scalars(query)).one_or_none()


async def enrolment_in(
    session: AsyncSession, class_id: int, learner_id: int
) -> EnrolmentRow | None:
    """Return a learner's line in a class, None for who was never in it."""
    query = select(EnrolmentRow).where(
        EnrolmentRow.class_id == class_id, EnrolmentRow.learner_id == learner_id
    )
    return (await session.scalars(query)).one_or_none()


async def enrolments_of(
    session: AsyncSession, learner_id: int, public_id: str | None = None
) -> Sequence[Row[EnrolmentRow, ClassRow, str]]:
    """Return a learner's lines, each with its class and the name of its instructor."""
    query = (
        select(EnrolmentRow, ClassRow, PersonRow.name)
        .join(ClassRow, ClassRow.id == EnrolmentRow.class_id)
        .join(PersonRow, PersonRow.id == ClassRow.owner_id)
        .where(EnrolmentRow.learner_id == learner_id)
        .order_by(EnrolmentRow.id)
    )
    if public_id is not None:
        query = query.where(EnrolmentRow.public_id == public_id)
    return (await session.execute(query)).all()


async def in_classes_of_others(
    session: AsyncSession, learner_ids: Sequence[int], *, owner_id: int
) -> bool:
    """Return whether one of the learners has a line in a class of somebody else."""
    query = select(
        exists().where(
            EnrolmentRow.learner_id.in_(learner_ids),
            ClassRow.id == EnrolmentRow.class_id,
            ClassRow.owner_id != owner_id,
        )
    )
    return bool(await session.scalar(query))


async def answers_until_now(session: AsyncSession, learner_id: int) -> tuple[int, datetime | None]:
    """Return how many answers a learner gave here, and when the first; 0 and None without any."""
    query = select(func.count(), func.min(AttemptRow.answered_at)).where(
        AttemptRow.learner_id == learner_id, AttemptRow.mode != IMPORTED
    )
    count, first = (await session.execute(query)).one()
    return count, first
