"""What an answer and a page of the log cost does not grow with what is stored."""

from __future__ import annotations

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from quiz.storage.engine import Database
from quiz.storage.log import page_after
from quiz.storage.scopes import EVERYBODY, learners_after, of_class
from quiz.storage.tries import tries_of
from tests.storage.made import ATTEMPT, NOW, make_learner, record

BY_QUESTION = "(learner_id=? AND pack_id=? AND question_id=? AND id<?)"


class Plans:
    """Collects SELECTs sent to an engine, to ask how SQLite runs them."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.sent: list[tuple[str, tuple[object, ...]]] = []
        event.listen(engine.sync_engine, "before_cursor_execute", self._note)

    def _note(
        self, _c: object, _k: object, sql: str, values: tuple[object, ...], *_: object
    ) -> None:
        if sql.startswith("SELECT"):
            self.sent.append((sql, values))

    async def steps(self) -> list[str]:
        """Return the steps that touch tables, of all that was sent."""
        event.remove(self.engine.sync_engine, "before_cursor_execute", self._note)
        found: list[str] = []
        async with self.engine.connect() as connection:
            for sql, values in self.sent:
                rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
                found += [str(row.detail) for row in rows]
        return [step for step in found if step.startswith(("SEARCH ", "SCAN "))]


async def test_an_answer_finds_earlier_ones_without_reading_the_history(db: Database) -> None:
    await make_learner(db)
    plans = Plans(db.write)
    await record(db.writing, ATTEMPT)
    steps = await plans.steps()

    attempts = [step for step in steps if " attempts" in step]
    assert len(attempts) == 2
    assert attempts[0].startswith("SEARCH attempts USING INTEGER PRIMARY KEY")
    assert BY_QUESTION in attempts[1]
    assert [step for step in steps if step.startswith("SCAN ") and "questions" in step] == []


async def test_a_page_of_the_log_starts_where_the_last_one_ended(db: Database) -> None:
    await make_learner(db)
    await record(db.writing, ATTEMPT)
    plans = Plans(db.read)
    async with db.reading() as session:
        await page_after(session, (NOW, 1), last=9, limit=5)
    steps = await plans.steps()

    assert "ix_attempts_answered_at_id (answered_at>?)" in steps[0]
    assert sum(BY_QUESTION in step for step in steps) == 2
    assert [step for step in steps if step.startswith("SCAN ")] == []
    assert all("=?" in step for step in steps[1:])


async def test_tries_are_found_by_learner_and_pack_and_learners_by_class(db: Database) -> None:
    await make_learner(db)
    await record(db.writing, ATTEMPT)
    plans = Plans(db.read)
    async for _ in tries_of(db.reading, EVERYBODY, "pack", ["practice"], through=9):
        pass
    async with db.reading() as session:
        await learners_after(session, of_class(1, "a class"), 0, limit=5)
    steps = await plans.steps()

    assert [step for step in steps if step.startswith("SCAN ")] == []
    assert any("attempts" in step and "(learner_id=? AND pack_id=?)" in step for step in steps)
    assert any("enrolments" in step and "(class_id=?" in step for step in steps)
