"""Deleting all that is kept of a learner, in every browser that is theirs."""

from __future__ import annotations

from quiz.practice.desk import Desk
from quiz.storage.learners import learner_id_of
from quiz.storage.leaving import delete_learner


async def delete_all(desk: Desk, digest: str) -> None:
    """Delete all that is kept of the learner of this browser; nothing happens without one."""
    async with desk.database.writing.begin() as session:
        learner_id = await learner_id_of(session, digest) if digest else None
        if learner_id is not None:
            await delete_learner(session, learner_id)
