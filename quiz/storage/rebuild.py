"""Making anew what is derived from the log: memories and counts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession, async_scoped_session, async_sessionmaker

from quiz.core.attempts import Attempt
from quiz.core.standing import Standing
from quiz.storage.attempts import attempt_of
from quiz.storage.dialect import hold_table
from quiz.storage.memories import save_memories
from quiz.storage.progress import add_counts
from quiz.storage.published import ObjectiveRow, QuestionRow, TopicRow
from quiz.storage.renames import homes, present_ids
from quiz.storage.tables import (
    AnalysisRow,
    AttemptRow,
    LearnerRow,
    MemoryRow,
    TopicProgressRow,
)

PAGE = 5000

Ids = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Present:
    """The present ids of topics, objectives and questions by pack and former id.

    `homes` holds the topic of each question by its present id, None for one that is asked no more.
    """

    topics: Ids
    objectives: Ids
    questions: Ids
    homes: Mapping[tuple[str, str], str | None]


@dataclass(slots=True)
class History:
    """The answers of one learner, in the order in which they were stored."""

    present: Present
    attempts: list[Attempt] = field(default_factory=list)

    def standing(self) -> Standing:
        """Return what they add up to, taken in the order in which they were given.

        That is the order in which they were stored, but for those brought in from a file.
        """
        standing, answered = Standing(), set[tuple[str, str]]()
        for attempt in sorted(self.attempts, key=lambda attempt: attempt.answered_at):
            if attempt.counted:
                self._take(attempt, standing, answered)
        return standing

    def _take(self, attempt: Attempt, standing: Standing, answered: set[tuple[str, str]]) -> None:
        now, pack_id = self.present, attempt.pack_id
        question = (pack_id, _now(now.questions, pack_id, attempt.question_id))
        topic = _now(now.topics, pack_id, attempt.topic_id)
        standing.take(
            attempt,
            objective=_now(now.objectives, pack_id, attempt.objective_id),
            topic=topic,
            home=now.homes.get(question, topic),
            first=question not in answered,
        )
        answered.add(question)


async def rebuild(
    writing: async_sessionmaker[AsyncSession], progress: Callable[[int], None]
) -> None:
    """Make all memories and counts anew in one transaction; `progress` gets numbers of answers.

    A job of the command line is one task with one session, so it may take that from a registry
    by task, and has to remove it. A request may not: what it starts can run in another task.
    """
    sessions = async_scoped_session(writing, scopefunc=asyncio.current_task)
    try:
        await rebuild_in(sessions(), progress=progress)
        await sessions.commit()
    finally:
        await sessions.remove()


async def count_answers(session: AsyncSession) -> int:
    """Return how many answers the log holds."""
    return await session.scalar(select(func.count()).select_from(AttemptRow)) or 0


async def rebuild_in(
    session: AsyncSession,
    *,
    pack_id: str | None = None,
    progress: Callable[[int], None] = lambda answers: None,
) -> None:
    """Make memories and counts anew, of one pack or all, in the transaction of the caller.

    Statistics that are kept are dropped: they are counted when somebody asks for them.
    """
    await hold_table(session, AttemptRow, by=LearnerRow)  # an answer that comes meanwhile waits
    for table in (MemoryRow, TopicProgressRow, AnalysisRow):
        query = delete(table)
        await session.execute(query if pack_id is None else query.where(table.pack_id == pack_id))
    present = await _present(session, pack_id)
    learner_id, history = 0, History(present)
    async for page in _pages(session, pack_id):
        for row in page:
            if row.learner_id != learner_id:
                await _save(session, history.standing())
                learner_id, history = row.learner_id, History(present)
            history.attempts.append(attempt_of(row))
        progress(len(page))
    await _save(session, history.standing())


async def rebuild_learner(session: AsyncSession, learner_id: int) -> None:
    """Make memories and counts of one learner anew, in the transaction of the caller.

    The caller holds the learner, so that no answer comes meanwhile.
    """
    for table in (MemoryRow, TopicProgressRow):
        await session.execute(delete(table).where(table.learner_id == learner_id))
    history = History(await _present(session, None))
    async for page in _pages(session, None, learner_id):
        history.attempts.extend(map(attempt_of, page))
    # In a thread, as a long history takes seconds, and others are answered meanwhile.
    await _save(session, await asyncio.to_thread(history.standing))


async def _present(session: AsyncSession, pack_id: str | None) -> Present:
    questions = await present_ids(session, QuestionRow, pack_id)
    return Present(
        topics=await present_ids(session, TopicRow, pack_id),
        # A question without an objective is its own.
        objectives={**questions, **await present_ids(session, ObjectiveRow, pack_id)},
        questions=questions,
        homes=await homes(session, pack_id),
    )


async def _pages(
    session: AsyncSession, pack_id: str | None, learner_id: int | None = None
) -> AsyncIterator[list[AttemptRow]]:
    """Yield the log by learner, oldest answers first, in pages."""
    place = (0, 0)
    key = tuple_(AttemptRow.learner_id, AttemptRow.id)
    query = select(AttemptRow).order_by(AttemptRow.learner_id, AttemptRow.id).limit(PAGE)
    if pack_id is not None:
        query = query.where(AttemptRow.pack_id == pack_id)
    if learner_id is not None:
        query = query.where(AttemptRow.learner_id == learner_id)
    while page := list(await session.scalars(query.where(key > place))):
        yield page
        place = (page[-1].learner_id, page[-1].id)
        session.expunge_all()


async def _save(session: AsyncSession, standing: Standing) -> None:
    await save_memories(session, standing)
    await add_counts(session, standing)


def _now(ids: Ids, pack_id: str, known_as: str) -> str:
    return ids.get((pack_id, known_as), known_as)
