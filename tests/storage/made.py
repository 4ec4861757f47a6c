"""Rows that tests start from, and ways to look at what is stored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import event, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from quiz.core.attempts import Attempt
from quiz.storage.base import Base
from quiz.storage.engine import Database
from quiz.storage.recorder import recording
from quiz.storage.tables import LearnerRow, RoundRow

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)

ATTEMPT = Attempt(
    round_id=1,
    position=1,
    learner_id=1,
    pack_id="pack",
    topic_id="loops",
    objective_id="loops-end",
    question_id="for-else",
    v=1,
    rev="0123456789ab",
    mode="practice",
    response=["b"],
    score=1.0,
    correct=True,
    misconceptions=(),
    hints=0,
    shown_at=NOW,
    answered_at=NOW,
)

WRONG = replace(ATTEMPT, response=["a"], score=0.0, correct=False)


async def make_learner(db: Database, learner_id: int = 1, *, rounds: int = 1) -> None:
    """Store a learner with `rounds` rounds; the first round has the learner's id."""
    async with db.writing.begin() as session:
        learner = {"id": learner_id, "public_id": f"learner-{learner_id}", "name": ""}
        await session.execute(insert(LearnerRow), [learner | {"created_at": NOW}])
        rows = [_round(learner_id, learner_id + 1000 * n) for n in range(rounds)]
        await session.execute(insert(RoundRow), rows)


def _round(learner_id: int, round_id: int) -> dict[str, object]:
    return {
        "id": round_id,
        "public_id": f"round-{round_id}",
        "learner_id": learner_id,
        "pack_id": "pack",
        "topic_id": "loops",
        "mode": "practice",
        "secret": "ab" * 32,
        "size": 5,
        "started_at": NOW,
    }


async def record(writing: async_sessionmaker[AsyncSession], attempt: Attempt) -> Attempt:
    """Store an answer through the door of the app."""
    async with recording(writing) as recorder:
        return await recorder.record(attempt)


async def rows_of(db: Database, table: type[Base]) -> list[tuple[object, ...]]:
    """Return all rows of a table as tuples, sorted."""
    async with db.reading() as session:
        found = await session.execute(select(*table.__table__.c))
        return sorted((tuple(row) for row in found), key=repr)


async def count_of(db: Database, table: type[Base]) -> int:
    """Return the number of rows of a table."""
    async with db.reading() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


@contextmanager
def statements(db: Database) -> Iterator[list[str]]:
    """Collect the statements sent to the write engine, BEGIN left out."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(db.write.sync_engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.write.sync_engine, "before_cursor_execute", note)


@contextmanager
def power_cut(db: Database, words: str) -> Iterator[None]:
    """Fail at the first statement with these words on the write engine."""

    def cut(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if words in statement:
            raise InterruptedError(statement)

    event.listen(db.write.sync_engine, "before_cursor_execute", cut)
    try:
        yield
    finally:
        event.remove(db.write.sync_engine, "before_cursor_execute", cut)
