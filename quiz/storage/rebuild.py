"""Making anew what is derived from the log: memories and counts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from quiz.core.attempts import Attempt
from quiz.core.progress import increments
from quiz.core.scheduling import Memory, after_answer
from quiz.storage.attempts import attempt_of
from quiz.storage.memories import save_memories
from quiz.storage.progress import COUNTS, add_counts
from quiz.storage.renames import present_ids
from quiz.storage.tables import (
    AttemptRow,
    MemoryRow,
    ObjectiveRow,
    QuestionRow,
    TopicProgressRow,
    TopicRow,
)

PAGE = 5000

Ids = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Present:
    """The present ids of topics, objectives and questions by pack and former id."""

    topics: Ids
    objectives: Ids
    questions: Ids


@dataclass(slots=True)
class Standing:
    """What the answers of one learner add up to, by pack and present id."""

    present: Present
    memories: dict[tuple[str, str], Memory] = field(default_factory=dict)
    counts: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    last_at: dict[tuple[str, str], datetime] = field(default_factory=dict)
    answered: set[tuple[str, str]] = field(default_factory=set)

    def take(self, attempt: Attempt) -> None:
        """Add the next answer; they must come in the order in which they were stored."""
        if not attempt.counted:
            return
        topic = _now(self.present.topics, attempt.pack_id, attempt.topic_id)
        objective = _now(self.present.objectives, attempt.pack_id, attempt.objective_id)
        question = _now(self.present.questions, attempt.pack_id, attempt.question_id)
        self.memories[objective] = after_answer(
            self.memories.get(objective), attempt.score, attempt.hints, attempt.answered_at
        )
        counts = self.counts.setdefault(topic, dict.fromkeys(COUNTS, 0))
        for name, more in increments(attempt.score, first=question not in self.answered).items():
            counts[name] += more
        self.last_at[topic] = attempt.answered_at
        self.answered.add(question)


async def rebuild(
    writing: async_sessionmaker[AsyncSession], progress: Callable[[int], None]
) -> None:
    """Make all memories and counts anew in one transaction; `progress` gets numbers of answers."""
    async with writing.begin() as session:
        await rebuild_in(session, progress=progress)


async def count_answers(session: AsyncSession) -> int:
    """Return how many answers the log holds."""
    return await session.scalar(select(func.count()).select_from(AttemptRow)) or 0


async def rebuild_in(
    session: AsyncSession,
    *,
    pack_id: str | None = None,
    progress: Callable[[int], None] = lambda answers: None,
) -> None:
    """Make memories and counts anew, of one pack or all, in the transaction of the caller."""
    for table in (MemoryRow, TopicProgressRow):
        query = delete(table)
        await session.execute(query if pack_id is None else query.where(table.pack_id == pack_id))
    present = await _present(session, pack_id)
    learner_id, standing = 0, Standing(present)
    async for page in _pages(session, pack_id):
        for row in page:
            if row.learner_id != learner_id:
                await _save(session, learner_id, standing)
                learner_id, standing = row.learner_id, Standing(present)
            standing.take(attempt_of(row))
        progress(len(page))
    await _save(session, learner_id, standing)


async def _present(session: AsyncSession, pack_id: str | None) -> Present:
    questions = await present_ids(session, QuestionRow, pack_id)
    return Present(
        topics=await present_ids(session, TopicRow, pack_id),
        # A question without an objective is its own.
        objectives={**questions, **await present_ids(session, ObjectiveRow, pack_id)},
        questions=questions,
    )


async def _pages(session: AsyncSession, pack_id: str | None) -> AsyncIterator[list[AttemptRow]]:
    """Yield the log by learner, oldest answers first, in pages."""
    place = (0, 0)
    key = tuple_(AttemptRow.learner_id, AttemptRow.id)
    query = select(AttemptRow).order_by(AttemptRow.learner_id, AttemptRow.id).limit(PAGE)
    if pack_id is not None:
        query = query.where(AttemptRow.pack_id == pack_id)
    while page := list(await session.scalars(query.where(key > place))):
        yield page
        place = (page[-1].learner_id, page[-1].id)
        session.expunge_all()


async def _save(session: AsyncSession, learner_id: int, standing: Standing) -> None:
    await save_memories(
        session, [(learner_id, *key, memory) for key, memory in standing.memories.items()]
    )
    rows = [
        {"learner_id": learner_id, "pack_id": pack_id, "topic_id": topic_id, **counts}
        | {"last_at": standing.last_at[pack_id, topic_id]}
        for (pack_id, topic_id), counts in standing.counts.items()
    ]
    await add_counts(session, rows)


def _now(ids: Ids, pack_id: str, known_as: str) -> tuple[str, str]:
    return pack_id, ids.get((pack_id, known_as), known_as)
