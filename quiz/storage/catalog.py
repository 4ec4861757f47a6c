"""The published packs, as pages list them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.storage.published import (
    ObjectiveRow,
    PackRow,
    PictureRow,
    QuestionRow,
    RevisionRow,
    TopicRow,
)
from quiz.storage.tables import MemoryRow, TopicProgressRow


async def packs(session: AsyncSession) -> Sequence[PackRow]:
    """Return all published packs by title."""
    return (await session.scalars(select(PackRow).order_by(PackRow.title, PackRow.id))).all()


async def pack(session: AsyncSession, pack_id: str) -> PackRow | None:
    """Return a pack, None where there is none."""
    return await session.get(PackRow, pack_id)


async def topics(session: AsyncSession, pack_id: str | None = None) -> Sequence[Row[TopicRow, int]]:
    """Return living topics in pack order with their numbers of living questions."""
    questions = (
        select(func.count())
        .select_from(QuestionRow)
        .where(QuestionRow.pack_id == TopicRow.pack_id, QuestionRow.topic_id == TopicRow.id)
        .where(QuestionRow.retired_at.is_(None))
        .scalar_subquery()
    )
    query = (
        select(TopicRow, questions)
        .where(TopicRow.retired_at.is_(None))
        .order_by(TopicRow.pack_id, TopicRow.position)
    )
    if pack_id is not None:
        query = query.where(TopicRow.pack_id == pack_id)
    return (await session.execute(query)).all()


async def topic_title(session: AsyncSession, pack_id: str, topic_id: str | None) -> str:
    """Return the title of a topic, of one that is gone too; "" for None."""
    row = await session.get(TopicRow, (pack_id, topic_id)) if topic_id else None
    return row.title if row else ""


async def topic_progress(
    session: AsyncSession, learner_id: int
) -> Mapping[tuple[str, str], TopicProgressRow]:
    """Return the learner's counts by pack and topic."""
    query = select(TopicProgressRow).where(TopicProgressRow.learner_id == learner_id)
    return {(row.pack_id, row.topic_id): row for row in await session.scalars(query)}


async def due_by_topic(
    session: AsyncSession, learner_id: int, *, now: datetime
) -> Mapping[tuple[str, str], int]:
    """Return how many objectives are due at `now`, by pack and topic."""
    query = (
        select(
            QuestionRow.pack_id,
            QuestionRow.topic_id,
            func.count(QuestionRow.objective_id.distinct()),
        )
        .join(
            MemoryRow,
            and_(
                MemoryRow.pack_id == QuestionRow.pack_id,
                MemoryRow.objective_id == QuestionRow.objective_id,
            ),
        )
        .where(MemoryRow.learner_id == learner_id, MemoryRow.due_at <= now)
        .where(QuestionRow.retired_at.is_(None))
        .group_by(QuestionRow.pack_id, QuestionRow.topic_id)
    )
    return {(row[0], row[1]): row[2] for row in await session.execute(query)}


async def next_due_at(session: AsyncSession, learner_id: int) -> datetime | None:
    """Return when the next objective comes back that still has a question, None without any."""
    query = select(func.min(MemoryRow.due_at)).where(
        MemoryRow.learner_id == learner_id,
        exists().where(
            QuestionRow.pack_id == MemoryRow.pack_id,
            QuestionRow.objective_id == MemoryRow.objective_id,
            QuestionRow.retired_at.is_(None),
        ),
    )
    return (await session.scalars(query)).one_or_none()


async def objectives(
    session: AsyncSession, pack_id: str, topic_id: str, *, learner_id: int
) -> Sequence[Row[ObjectiveRow, MemoryRow]]:
    """Return the living objectives of a topic, each with the learner's memory of it or None."""
    query = (
        select(ObjectiveRow, MemoryRow)
        .outerjoin(
            MemoryRow,
            and_(
                MemoryRow.pack_id == ObjectiveRow.pack_id,
                MemoryRow.objective_id == ObjectiveRow.id,
                MemoryRow.learner_id == learner_id,
            ),
        )
        .where(ObjectiveRow.pack_id == pack_id, ObjectiveRow.topic_id == topic_id)
        .where(ObjectiveRow.retired_at.is_(None))
        .order_by(ObjectiveRow.position)
    )
    return (await session.execute(query)).all()


async def objectives_of(session: AsyncSession, pack_id: str) -> Sequence[ObjectiveRow]:
    """Return the living objectives of a pack, each topic's in order."""
    query = select(ObjectiveRow).where(ObjectiveRow.pack_id == pack_id)
    living = query.where(ObjectiveRow.retired_at.is_(None))
    return (await session.scalars(living.order_by(ObjectiveRow.position))).all()


async def memories_of(
    session: AsyncSession, pack_id: str, objective_ids: Sequence[str], *, learner_id: int
) -> Sequence[Row[str, MemoryRow]]:
    """Return sentence and memory of those named objectives that the learner has practised."""
    query = (
        select(ObjectiveRow.sentence, MemoryRow)
        .join(
            MemoryRow,
            and_(
                MemoryRow.pack_id == ObjectiveRow.pack_id, MemoryRow.objective_id == ObjectiveRow.id
            ),
        )
        .where(MemoryRow.learner_id == learner_id, ObjectiveRow.pack_id == pack_id)
        .where(ObjectiveRow.id.in_(objective_ids))
        .order_by(ObjectiveRow.topic_id, ObjectiveRow.position)
    )
    return (await session.execute(query)).all()


async def question(session: AsyncSession, pack_id: str, question_id: str) -> QuestionRow | None:
    """Return a question by its present or a former id, None where there is none."""
    found = await session.get(QuestionRow, (pack_id, question_id))
    if found is None or found.renamed_to is None:
        return found
    return await session.get(QuestionRow, (pack_id, found.renamed_to))


async def card_texts(
    session: AsyncSession, pack_id: str, question_id: str, rev: str
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any] | None, dict[str, Any] | None]:
    """Return wording, commentary, remarks and proof as stored, the last two of this revision."""
    query = (
        select(RevisionRow.wording, QuestionRow.commentary, RevisionRow.remarks, RevisionRow.proof)
        .join(
            QuestionRow,
            and_(
                QuestionRow.pack_id == RevisionRow.pack_id,
                QuestionRow.id == RevisionRow.question_id,
            ),
        )
        .where(RevisionRow.pack_id == pack_id, RevisionRow.question_id == question_id)
        .where(RevisionRow.rev == rev)
    )
    wording, commentary, remarks, proof = (await session.execute(query)).one()
    return wording, commentary, remarks, proof


async def picture(session: AsyncSession, pack_id: str, path: str) -> PictureRow | None:
    """Return a picture of a pack, None where there is none."""
    return await session.get(PictureRow, (pack_id, path))
