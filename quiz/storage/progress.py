"""Counts by learner and topic; made from the log and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.storage.dialect import upsert
from quiz.storage.tables import TopicProgressRow

KEYS = ("learner_id", "pack_id", "topic_id")
COUNTS = ("answered", "right", "tried", "first_try_right")


async def add_counts(session: AsyncSession, rows: Sequence[Mapping[str, object]]) -> None:
    """Add to the counts: each row has the keys, all counts, and the time as `last_at`."""
    if rows:
        statement = upsert(session, TopicProgressRow, KEYS, replace=("last_at",), add=COUNTS)
        await session.execute(statement, rows)


async def rename_topic(session: AsyncSession, pack_id: str, old: str, new: str) -> None:
    """Give the counts of a topic to its new id, which has none."""
    await session.execute(
        update(TopicProgressRow)
        .where(TopicProgressRow.pack_id == pack_id, TopicProgressRow.topic_id == old)
        .values(topic_id=new)
    )
