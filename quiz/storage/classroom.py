"""What a class has answered, summed up where it lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from quiz.core.attempts import outcome_of
from quiz.storage.classes import learners_of_class, seen_by_class
from quiz.storage.published import QuestionRow
from quiz.storage.tables import AttemptRow


@dataclass(frozen=True, slots=True)
class Answered:
    """When a question was answered, in which wording, and with which outcome."""

    answered_at: datetime
    rev: str
    v: int
    outcome: str


async def activity(session: AsyncSession, class_id: int) -> Mapping[int, tuple[int, datetime]]:
    """Return how many answers the class may see of a learner, and when the last was given."""
    query = (
        select(AttemptRow.learner_id, func.count(), func.max(AttemptRow.answered_at))
        .where(AttemptRow.learner_id.in_(learners_of_class(class_id)), seen_by_class(class_id))
        .group_by(AttemptRow.learner_id)
    )
    return {learner: (count, last) for learner, count, last in await session.execute(query)}


async def marks(
    session: AsyncSession,
    class_id: int,
    pack_id: str,
    by: InstrumentedAttribute[str],
    *,
    learner_id: int | None = None,
) -> Sequence[Row[int, str, int, int]]:
    """Return learner, topic or objective, first tries that count, and how many were right.

    `by` is the column of QuestionRow they are counted by. Only questions that are still asked
    count, under the topic and objective they have now.
    """
    first = first_tries(class_id, pack_id, learner_id=learner_id).subquery()
    query = (
        select(first.c.learner_id, by, func.count())
        .add_columns(func.sum(case((AttemptRow.score == 1.0, 1), else_=0)))
        .join(AttemptRow, AttemptRow.id == first.c.id)
        .join(
            QuestionRow,
            and_(QuestionRow.pack_id == pack_id, QuestionRow.id == first.c.question_id),
        )
        .where(AttemptRow.counted, QuestionRow.retired_at.is_(None))
        .group_by(first.c.learner_id, by)
    )
    return (await session.execute(query)).all()


async def answers_before(
    session: AsyncSession, class_id: int, learner_id: int, before: int | None, *, limit: int
) -> Sequence[Row[AttemptRow, str]]:
    """Return answers of a learner, the latest first, each with the hash of its commentary.

    `before` is the id of an answer that they come before, None for the latest.
    """
    asked_of = and_(
        QuestionRow.pack_id == AttemptRow.pack_id, QuestionRow.id == AttemptRow.question_id
    )
    query = (
        select(AttemptRow, QuestionRow.commentary_hash)
        .join(QuestionRow, asked_of)
        .where(AttemptRow.learner_id == learner_id, seen_by_class(class_id))
        .order_by(AttemptRow.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(AttemptRow.id < before)
    return (await session.execute(query)).all()


async def answers_to(
    session: AsyncSession, class_id: int, pack_id: str, question_id: str
) -> Sequence[Answered]:
    """Return the answers of a class to a question, whatever it was called then."""
    columns = AttemptRow.answered_at, AttemptRow.rev, AttemptRow.v, AttemptRow.score
    asked = select(QuestionRow.id).where(
        QuestionRow.pack_id == pack_id,
        or_(QuestionRow.id == question_id, QuestionRow.renamed_to == question_id),
    )
    query = (
        select(*columns, AttemptRow.correct, AttemptRow.counted, AttemptRow.response.is_(None))
        .where(AttemptRow.learner_id.in_(learners_of_class(class_id)), seen_by_class(class_id))
        .where(AttemptRow.pack_id == pack_id, AttemptRow.question_id.in_(asked))
        .order_by(AttemptRow.id)
    )
    return [
        Answered(at, rev, v, _outcome(counted, unknown, correct, score))
        for at, rev, v, score, correct, counted, unknown in await session.execute(query)
    ]


def _outcome(counted: bool, unknown: bool, correct: bool | None, score: float) -> str:
    return outcome_of(counted=counted, answered=not unknown, correct=correct, worth=score > 0)


async def question_titles(session: AsyncSession, pack_id: str) -> Mapping[str, str]:
    """Return the titles of a pack's questions by id."""
    query = select(QuestionRow.id, QuestionRow.commentary).where(QuestionRow.pack_id == pack_id)
    return {row[0]: row[1]["title"] for row in await session.execute(query)}


def first_tries(
    class_id: int, pack_id: str, *, learner_id: int | None = None
) -> Select[int, str, int]:
    """Return learner, present question and id of each first try that a class may see.

    Of one learner, or of all in the class where that is None.
    """
    asked = aliased(QuestionRow)
    learners = AttemptRow.learner_id == learner_id
    if learner_id is None:
        learners = AttemptRow.learner_id.in_(learners_of_class(class_id))
    question_id = func.coalesce(asked.renamed_to, asked.id)
    return (
        select(
            AttemptRow.learner_id,
            question_id.label("question_id"),
            func.min(AttemptRow.id).label("id"),
        )
        .join(asked, and_(asked.pack_id == AttemptRow.pack_id, asked.id == AttemptRow.question_id))
        .where(learners, AttemptRow.pack_id == pack_id, seen_by_class(class_id))
        .group_by(AttemptRow.learner_id, question_id)
    )
