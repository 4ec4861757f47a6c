"""The questions that rounds choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Subquery, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from quiz.storage.published import QuestionRow, TopicRow
from quiz.storage.tables import AttemptRow, MemoryRow


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that a round may ask.

    `last_attempt` is the id of the learner's latest attempt at it, 0 before the first; `missed`
    whether that one counted and was not worth 1.0; `memory_due_at` when its objective comes back,
    or None.
    """

    question_id: str
    topic_id: str
    objective_id: str
    v: int
    rev: str
    last_attempt: int
    missed: bool
    memory_due_at: datetime | None


async def candidates(
    session: AsyncSession, pack_id: str, topic_id: str | None, *, learner_id: int
) -> tuple[Candidate, ...]:
    """Return the living questions of a pack or topic in pack order, with the learner's history."""
    latest = _latest_attempts(pack_id, learner_id)
    missed = and_(AttemptRow.counted, AttemptRow.score < 1.0)
    query = (
        select(QuestionRow, AttemptRow.id, missed, MemoryRow.due_at)
        .join(
            TopicRow,
            and_(TopicRow.pack_id == QuestionRow.pack_id, TopicRow.id == QuestionRow.topic_id),
        )
        .outerjoin(latest, latest.c.question_id == QuestionRow.id)
        .outerjoin(AttemptRow, AttemptRow.id == latest.c.id)
        .outerjoin(
            MemoryRow,
            and_(
                MemoryRow.learner_id == learner_id,
                MemoryRow.pack_id == QuestionRow.pack_id,
                MemoryRow.objective_id == QuestionRow.objective_id,
            ),
        )
        .where(QuestionRow.pack_id == pack_id, QuestionRow.retired_at.is_(None))
        .order_by(TopicRow.position, QuestionRow.position)
    )
    if topic_id is not None:
        query = query.where(QuestionRow.topic_id == topic_id)
    return tuple(_candidate(*row) for row in await session.execute(query))


async def living_ids(
    session: AsyncSession, pack_id: str, question_ids: Sequence[str]
) -> Mapping[str, str]:
    """Return the present ids of those named questions that are still asked, by the id named."""
    present = aliased(QuestionRow)
    query = (
        select(QuestionRow.id, present.id)
        .join(
            present,
            and_(
                present.pack_id == QuestionRow.pack_id,
                present.id == func.coalesce(QuestionRow.renamed_to, QuestionRow.id),
            ),
        )
        .where(QuestionRow.pack_id == pack_id, QuestionRow.id.in_(question_ids))
        .where(present.retired_at.is_(None))
    )
    return {row[0]: row[1] for row in await session.execute(query)}


def _latest_attempts(pack_id: str, learner_id: int) -> Subquery:
    """Select the learner's latest attempt id by the present id of its question."""
    asked = aliased(QuestionRow)
    question_id = func.coalesce(asked.renamed_to, asked.id).label("question_id")
    return (
        select(question_id, func.max(AttemptRow.id).label("id"))
        .join(asked, and_(asked.pack_id == AttemptRow.pack_id, asked.id == AttemptRow.question_id))
        .where(AttemptRow.learner_id == learner_id, AttemptRow.pack_id == pack_id)
        .group_by(question_id)
        .subquery()
    )


def _candidate(
    question: QuestionRow, last_attempt: int | None, missed: bool | None, due_at: datetime | None
) -> Candidate:
    return Candidate(
        question_id=question.id,
        topic_id=question.topic_id,
        objective_id=question.objective_id,
        v=question.v,
        rev=question.rev,
        last_attempt=last_attempt or 0,
        missed=bool(missed),
        memory_due_at=due_at,
    )
