"""Counts by learner and topic; made from the log and from nothing else."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.standing import COUNTS, Standing
from quiz.storage.dialect import upsert
from quiz.storage.tables import TopicProgressRow

KEYS = ("learner_id", "pack_id", "topic_id")


async def add_counts(session: AsyncSession, standing: Standing) -> None:
    """Add the counts of a standing to those that are stored."""
    # In the order of keys, as everywhere: two servers must not wait for each other.
    rows = [
        dict(zip(KEYS, key, strict=True)) | counts | {"last_at": standing.last_at[key]}
        for key, counts in sorted(standing.counts.items())
    ]
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
