"""What answers leave behind beside the log: memories and counts, made as they come in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Exists, Select, and_, bindparam, exists, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from quiz.core.attempts import Attempt
from quiz.core.scheduling import Memory
from quiz.core.standing import Standing
from quiz.storage.memories import STATE, save_memories
from quiz.storage.progress import add_counts
from quiz.storage.published import QuestionRow
from quiz.storage.tables import AttemptRow, MemoryRow


async def derive(session: AsyncSession, new: Mapping[int, Attempt]) -> None:
    """Schedule and count answers that were added to the log, given by their ids in it."""
    standing = Standing()
    histories = await session.execute(_histories(), {"ids": list(new)})
    for id, answered_before, asked, topic_id, retired_at, *state in histories:
        attempt = new[id]
        if state[0] is not None:
            key = (attempt.learner_id, attempt.pack_id, attempt.objective_id)
            standing.memories.setdefault(key, Memory(*state))
        living = topic_id if retired_at is None else None
        standing.take(
            attempt,
            objective=attempt.objective_id,
            topic=attempt.topic_id,
            home=living if asked else attempt.topic_id,
            first=not answered_before,
        )
    await save_memories(session, standing)
    await add_counts(session, standing)


@cache  # to build it takes longer than to run it
def _histories() -> Select[Any]:
    """Select the answers with these `ids` in their order, each with what stood before it.

    That is: its id, whether the question was answered before, the question's present id (None for
    one never published), topic and time of retirement, and the state of the objective's memory.
    """
    asked, present = aliased(QuestionRow), aliased(QuestionRow)
    # Columns, not the entity: an entity read before in this session would come back as it was.
    return (
        select(AttemptRow.id, _answered_before(asked))
        .add_columns(present.id, present.topic_id, present.retired_at)
        .add_columns(*(getattr(MemoryRow, name) for name in STATE))
        .outerjoin(
            asked, and_(asked.pack_id == AttemptRow.pack_id, asked.id == AttemptRow.question_id)
        )
        .outerjoin(
            present,
            and_(
                present.pack_id == asked.pack_id,
                present.id == func.coalesce(asked.renamed_to, asked.id),
            ),
        )
        .outerjoin(
            MemoryRow,
            and_(
                MemoryRow.learner_id == AttemptRow.learner_id,
                MemoryRow.pack_id == AttemptRow.pack_id,
                MemoryRow.objective_id == AttemptRow.objective_id,
            ),
        )
        .where(AttemptRow.id.in_(bindparam("ids", expanding=True)))
        .order_by(AttemptRow.id)
    )


def _answered_before(asked: type[QuestionRow]) -> Exists:
    """Tell whether the log has an earlier counted answer to the question, under any id of it."""
    earlier, former = aliased(AttemptRow), aliased(QuestionRow)
    present_id = func.coalesce(asked.renamed_to, AttemptRow.question_id)
    # One list for one search of the index: an OR would read all the learner's answers in the pack.
    ids = union_all(
        select(present_id).correlate(AttemptRow, asked),
        select(former.id)
        .where(former.pack_id == AttemptRow.pack_id, former.renamed_to == present_id)
        .correlate(AttemptRow, asked),
    )
    return (
        exists()
        .where(
            earlier.learner_id == AttemptRow.learner_id,
            earlier.pack_id == AttemptRow.pack_id,
            earlier.question_id.in_(ids),
            earlier.counted,
            earlier.id < AttemptRow.id,
        )
        .correlate(AttemptRow, asked)
    )
