"""The log of answers and the one door through which it grows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from sqlalchemy import CompoundSelect, and_, exists, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import aliased

from quiz.core.attempts import Attempt
from quiz.core.progress import increments
from quiz.core.scheduling import Memory, after_answer
from quiz.storage.dialect import insert_ignore
from quiz.storage.memories import STATE, save_memories
from quiz.storage.progress import add_counts
from quiz.storage.tables import AttemptRow, MemoryRow, QuestionRow


async def record(writing: async_sessionmaker[AsyncSession], attempt: Attempt) -> Attempt:
    """Store an answer and what follows from it, durably, and return what is stored.

    A round's position counts once: a repeat changes nothing and returns the answer given first.
    """
    async with writing.begin() as session:
        return await record_in(session, attempt)


async def record_in(session: AsyncSession, attempt: Attempt) -> Attempt:
    """Do as `record` in a transaction of the caller's: one read and at most three writes."""
    statement = insert_ignore(session, AttemptRow, ("round_id", "position"))
    new_id = await session.scalar(statement.values(**_values(attempt)).returning(AttemptRow.id))
    if new_id is None:
        stored = await attempt_at(session, attempt.round_id, attempt.position)
        return stored or attempt
    if attempt.counted:
        await _derive(session, attempt, new_id)
    return attempt


async def attempt_at(session: AsyncSession, round_id: int, position: int) -> Attempt | None:
    """Return the answer at a place in a round, None before it is given."""
    query = select(AttemptRow).where(
        AttemptRow.round_id == round_id, AttemptRow.position == position
    )
    row = (await session.scalars(query)).one_or_none()
    return attempt_of(row) if row else None


async def latest_by_question(
    session: AsyncSession, learner_id: int, pack_id: str
) -> Mapping[str, Attempt]:
    """Return a learner's latest answer to each question of a pack, by the question's present id."""
    asked = aliased(QuestionRow)
    present = func.coalesce(asked.renamed_to, AttemptRow.question_id)
    latest = (
        select(present.label("question_id"), func.max(AttemptRow.id).label("id"))
        .outerjoin(
            asked, and_(asked.pack_id == AttemptRow.pack_id, asked.id == AttemptRow.question_id)
        )
        .where(AttemptRow.learner_id == learner_id, AttemptRow.pack_id == pack_id)
        .group_by(present)
        .subquery()
    )
    query = select(latest.c.question_id, AttemptRow).join(latest, latest.c.id == AttemptRow.id)
    return {row[0]: attempt_of(row[1]) for row in await session.execute(query)}


def attempt_of(row: AttemptRow) -> Attempt:
    """Return the answer that a row keeps."""
    return Attempt(
        round_id=row.round_id,
        position=row.position,
        learner_id=row.learner_id,
        pack_id=row.pack_id,
        topic_id=row.topic_id,
        objective_id=row.objective_id,
        question_id=row.question_id,
        v=row.v,
        rev=row.rev,
        mode=row.mode,
        response=row.response,
        score=row.score,
        correct=row.correct,
        misconceptions=tuple(row.misconceptions),
        hints=row.hints,
        shown_at=row.shown_at,
        answered_at=row.answered_at,
        counted=row.counted,
    )


async def _derive(session: AsyncSession, attempt: Attempt, new_id: int) -> None:
    memory, answered_before = await _history(session, attempt, new_id)
    memory = after_answer(memory, attempt.score, attempt.hints, attempt.answered_at)
    await save_memories(
        session, [(attempt.learner_id, attempt.pack_id, attempt.objective_id, memory)]
    )
    counts = increments(attempt.score, first=not answered_before)
    key = {name: getattr(attempt, name) for name in ("learner_id", "pack_id", "topic_id")}
    await add_counts(session, [key | counts | {"last_at": attempt.answered_at}])


async def _history(
    session: AsyncSession, attempt: Attempt, new_id: int
) -> tuple[Memory | None, bool]:
    """Return the memory of the objective, and whether the question was answered before."""
    earlier = exists().where(
        AttemptRow.learner_id == attempt.learner_id,
        AttemptRow.pack_id == attempt.pack_id,
        AttemptRow.question_id.in_(_ids_of_question(attempt)),
        AttemptRow.counted,
        AttemptRow.id < new_id,
    )
    one = select(literal(1).label("one")).subquery()
    # Columns, not the entity: an entity read before in this session would come back as it was.
    query = (
        select(earlier, *(getattr(MemoryRow, name) for name in STATE))
        .select_from(one)
        .outerjoin(
            MemoryRow,
            and_(
                MemoryRow.learner_id == attempt.learner_id,
                MemoryRow.pack_id == attempt.pack_id,
                MemoryRow.objective_id == attempt.objective_id,
            ),
        )
    )
    answered_before, *state = (await session.execute(query)).one()
    return (None if state[0] is None else Memory(*state)), answered_before


def _ids_of_question(attempt: Attempt) -> CompoundSelect[str]:
    """Select the present id of the question and all its former ones."""
    asked, former = aliased(QuestionRow), aliased(QuestionRow)
    renamed = select(asked.renamed_to).where(
        asked.pack_id == attempt.pack_id, asked.id == attempt.question_id
    )
    present_id = func.coalesce(renamed.scalar_subquery(), attempt.question_id)
    # One list for one search of the index: an OR would read all the learner's answers in the pack.
    return union_all(
        select(present_id),
        select(former.id).where(former.pack_id == attempt.pack_id, former.renamed_to == present_id),
    )


def _values(attempt: Attempt) -> dict[str, object]:
    values = {field.name: getattr(attempt, field.name) for field in fields(attempt)}
    return values | {"misconceptions": list(attempt.misconceptions)}
