"""What grade books are made of: packs and work, learners, and their tries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import and_, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.attempts import IMPORTED
from quiz.core.gradebook import Asked, Column
from quiz.storage.assignments import assignments_of, topics_in
from quiz.storage.classes import is_seen, learners_of_class
from quiz.storage.extent import Extent
from quiz.storage.published import PackRow, QuestionRow, RevisionRow
from quiz.storage.school import EnrolmentRow
from quiz.storage.tables import AttemptRow, LearnerRow, TopicProgressRow


class Line(NamedTuple):
    """A line of a grade book. `learner_id` is None for who is awaited, `public_id` then, too."""

    id: int
    learner_id: int | None
    public_id: str | None
    name: str
    external_id: str


async def grade_columns(session: AsyncSession, extent: Extent) -> tuple[Column, ...]:
    """Return a column for each pack that was answered in, by title, then for the class's work."""
    points = await _points(session)
    columns = [
        Column(id, title, id, {question: each for (question, _), each in points[id].items()})
        for id, title in await answered_packs(session, extent)
        if id in points
    ]
    if extent.class_id is None:
        return tuple(columns)
    for row in await assignments_of(session, extent.class_id):
        topics = await topics_in(session, row.pack_id, row.topic_ids)
        asked = {
            question: each
            for (question, topic), each in points.get(row.pack_id, {}).items()
            if topic in topics or not row.topic_ids
        }
        columns.append(Column(row.public_id, row.title, row.pack_id, asked))
    return tuple(columns)


async def count_lines(session: AsyncSession, extent: Extent) -> int:
    """Return how many lines a grade book has."""
    query = select(func.count()).select_from(LearnerRow)
    if extent.class_id is not None:
        query = select(func.count()).where(EnrolmentRow.class_id == extent.class_id)
    return await session.scalar(query) or 0


async def count_questions(session: AsyncSession, pack_ids: Sequence[str]) -> int:
    """Return how many questions these packs ask."""
    query = select(func.count()).select_from(QuestionRow)
    asked = query.where(QuestionRow.pack_id.in_(pack_ids), QuestionRow.retired_at.is_(None))
    return await session.scalar(asked) or 0


async def lines_after(
    session: AsyncSession, extent: Extent, after: int, *, limit: int
) -> Sequence[Line]:
    """Return at most `limit` lines behind one: of the class those who left and are awaited too."""
    if extent.class_id is None:
        columns = LearnerRow.id, LearnerRow.id, LearnerRow.public_id, LearnerRow.name, literal("")
        everybody = select(*columns).where(LearnerRow.id > after).order_by(LearnerRow.id)
        rows = (await session.execute(everybody.limit(limit))).all()
    else:
        of_class = (
            select(EnrolmentRow.id, EnrolmentRow.learner_id, LearnerRow.public_id)
            .add_columns(EnrolmentRow.name, EnrolmentRow.external_id)
            .outerjoin(LearnerRow, LearnerRow.id == EnrolmentRow.learner_id)
            .where(EnrolmentRow.class_id == extent.class_id, EnrolmentRow.id > after)
            .order_by(EnrolmentRow.id)
        )
        rows = (await session.execute(of_class.limit(limit))).all()
    return [Line._make(row) for row in rows]


async def tries_of(
    session: AsyncSession, extent: Extent, learner_ids: Sequence[int]
) -> Mapping[int, Sequence[tuple[Asked, float]]]:
    """Return the tries of learners that count, in the order of time, under present ids."""
    present = func.coalesce(QuestionRow.renamed_to, QuestionRow.id)
    asked = and_(
        QuestionRow.pack_id == AttemptRow.pack_id, QuestionRow.id == AttemptRow.question_id
    )
    query = (
        select(AttemptRow.learner_id, AttemptRow.pack_id, present, AttemptRow.score)
        .join(QuestionRow, asked)
        .where(AttemptRow.learner_id.in_(learner_ids), AttemptRow.counted)
        .where(AttemptRow.mode != IMPORTED)
        .order_by(AttemptRow.learner_id, AttemptRow.id)
    )
    if extent.class_id is not None:
        by_which = and_(EnrolmentRow.class_id == extent.class_id, is_seen())
        query = query.join(EnrolmentRow, by_which)
    found: dict[int, list[tuple[Asked, float]]] = {}
    for learner_id, pack_id, question_id, score in await session.execute(query):
        found.setdefault(learner_id, []).append(((pack_id, question_id), score))
    return found


async def answered_packs(session: AsyncSession, extent: Extent) -> Sequence[tuple[str, str]]:
    """Return ids and titles of the packs that were answered in, by title."""
    answered = select(TopicProgressRow.pack_id)
    if extent.class_id is not None:
        answered = answered.where(
            TopicProgressRow.learner_id.in_(learners_of_class(extent.class_id))
        )
    query = (
        select(PackRow.id, PackRow.title)
        .where(PackRow.id.in_(answered))
        .order_by(PackRow.title, PackRow.id)
    )
    return [(row[0], row[1]) for row in await session.execute(query)]


async def _points(session: AsyncSession) -> Mapping[str, Mapping[tuple[str, str], float]]:
    """Return the points of questions that are asked and count, by pack, question and topic."""
    present = and_(
        RevisionRow.pack_id == QuestionRow.pack_id,
        RevisionRow.question_id == QuestionRow.id,
        RevisionRow.rev == QuestionRow.rev,
    )
    query = (
        select(QuestionRow.pack_id, QuestionRow.id, QuestionRow.topic_id, QuestionRow.points)
        .join(RevisionRow, present)
        .where(QuestionRow.retired_at.is_(None))
        .where(RevisionRow.wording["score"].as_string() != "void")
    )
    found: dict[str, dict[tuple[str, str], float]] = {}
    for pack_id, question_id, topic_id, points in await session.execute(query):
        found.setdefault(pack_id, {})[question_id, topic_id] = points
    return found
