"""Classes, and which answers a class may see."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.storage.school import ClassRow, EnrolmentRow
from quiz.storage.tables import AttemptRow


async def class_of(session: AsyncSession, owner_id: int, public_id: str) -> ClassRow | None:
    """Return a class of an instructor; None for another's as for one that does not exist."""
    query = select(ClassRow).where(ClassRow.public_id == public_id, ClassRow.owner_id == owner_id)
    return (await session.scalars(query)).one_or_none()


def seen_by_class(class_id: int) -> ColumnElement[bool]:
    """Return the condition on attempts that a class may see them: given in it, or shared."""
    return exists().where(
        EnrolmentRow.class_id == class_id,
        EnrolmentRow.learner_id == AttemptRow.learner_id,
        EnrolmentRow.since_at <= AttemptRow.answered_at,
        or_(EnrolmentRow.left_at.is_(None), AttemptRow.answered_at < EnrolmentRow.left_at),
    )


def learners_of_class(class_id: int) -> Select[int | None]:
    """Return the ids of the learners who are or were in a class, as a query."""
    return select(EnrolmentRow.learner_id).where(
        EnrolmentRow.class_id == class_id, EnrolmentRow.learner_id.is_not(None)
    )
