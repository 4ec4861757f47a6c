"""What is remembered of each objective; made from the log and from nothing else."""

from __future__ import annotations

from operator import itemgetter

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.standing import Standing
from quiz.storage.dialect import upsert
from quiz.storage.tables import MemoryRow

KEYS = ("learner_id", "pack_id", "objective_id")
STATE = ("stability_days", "difficulty", "reviewed_at", "due_at")


async def save_memories(session: AsyncSession, standing: Standing) -> None:
    """Store the memories of a standing, each in the place of the former one."""
    rows = [
        dict(zip(KEYS, key, strict=True)) | {name: getattr(memory, name) for name in STATE}
        for key, memory in sorted(standing.memories.items(), key=itemgetter(0))
    ]
    if rows:
        await session.execute(upsert(session, MemoryRow, KEYS, replace=STATE), rows)


async def rename_objective(session: AsyncSession, pack_id: str, old: str, new: str) -> None:
    """Give what is remembered of an objective to its new id, of which nothing is remembered."""
    await session.execute(
        update(MemoryRow)
        .where(MemoryRow.pack_id == pack_id, MemoryRow.objective_id == old)
        .values(objective_id=new)
    )
