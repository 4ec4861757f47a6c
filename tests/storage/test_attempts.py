"""The one door: an answer counts once, whole and durably."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import anyio
import pytest
from sqlalchemy import insert

from quiz.core.attempts import Attempt
from quiz.storage.attempts import (
    attempt_at,
    latest_by_question,
)
from quiz.storage.engine import Database
from quiz.storage.published import PackRow, QuestionRow
from quiz.storage.tables import AttemptRow, MemoryRow, TopicProgressRow
from tests.storage.made import (
    ATTEMPT,
    NOW,
    WRONG,
    count_of,
    make_learner,
    power_cut,
    record,
    rows_of,
    statements,
)

pytestmark = pytest.mark.every_engine

TOMORROW = NOW + timedelta(days=1)


async def _progress(db: Database) -> tuple[object, ...]:
    """Return answered, right, tried and first_try_right of the only topic."""
    (row,) = await rows_of(db, TopicProgressRow)
    return row[3:7]


async def test_an_answer_is_read_back_as_it_was_given(db: Database) -> None:
    await make_learner(db)
    given = replace(ATTEMPT, misconceptions=("exit-commits",), hints=1, response={"1": "xs[0]"})

    assert await record(db.writing, given) == given

    async with db.reading() as session:
        assert await attempt_at(session, 1, 1) == given
        assert await attempt_at(session, 1, 2) is None


async def test_a_repeat_changes_nothing_and_returns_the_first_answer(db: Database) -> None:
    await make_learner(db)
    await record(db.writing, WRONG)
    before = [await rows_of(db, table) for table in (AttemptRow, MemoryRow, TopicProgressRow)]

    assert await record(db.writing, replace(ATTEMPT, answered_at=TOMORROW)) == WRONG

    after = [await rows_of(db, table) for table in (AttemptRow, MemoryRow, TopicProgressRow)]
    assert after == before


async def test_fifty_answers_at_once_to_one_card_count_once(db: Database) -> None:
    await make_learner(db)
    stored: list[Attempt] = []

    async def answer(number: int) -> None:
        stored.append(await record(db.writing, replace(WRONG, response=[str(number)])))

    async with anyio.create_task_group() as tasks:
        for number in range(50):
            tasks.start_soon(answer, number)

    assert len(stored) == 50
    assert len({attempt.response[0] for attempt in stored}) == 1
    assert await count_of(db, AttemptRow) == 1
    assert await _progress(db) == (1, 0, 1, 0)


async def test_a_new_answer_takes_four_statements_and_a_repeat_two(
    db: Database, engine: str
) -> None:
    """Servers first hold the learner, and MariaDB cannot tell by itself which answer is new."""
    more = {"sqlite": 0, "mariadb": 2}.get(engine, 1)
    await make_learner(db)

    with statements(db) as sent:
        await record(db.writing, ATTEMPT)
    assert len(sent) == 4 + more

    with statements(db) as sent:
        await record(db.writing, ATTEMPT)
    assert len(sent) == 2 + min(more, 1)


async def test_an_answer_that_fails_halfway_leaves_no_trace(db: Database) -> None:
    await make_learner(db)

    with pytest.raises(InterruptedError), power_cut(db, "INTO topic_progress"):
        await record(db.writing, ATTEMPT)

    assert await count_of(db, AttemptRow) == 0
    assert await count_of(db, MemoryRow) == 0


async def test_an_answer_without_a_learner_is_refused(db: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await record(db.writing, ATTEMPT)


async def test_a_second_try_counts_as_answered_and_right_but_not_as_first(db: Database) -> None:
    await make_learner(db)

    await record(db.writing, WRONG)
    await record(db.writing, replace(ATTEMPT, position=2, answered_at=TOMORROW))

    assert await _progress(db) == (2, 1, 1, 0)


async def test_right_at_first_try_counts_in_every_column(db: Database) -> None:
    await make_learner(db)

    await record(db.writing, ATTEMPT)

    assert await _progress(db) == (1, 1, 1, 1)


async def test_an_unknown_answer_counts_and_comes_back_within_a_day(db: Database) -> None:
    await make_learner(db)

    await record(db.writing, replace(WRONG, response=None, correct=None))

    assert await _progress(db) == (1, 0, 1, 0)
    (memory,) = await rows_of(db, MemoryRow)
    assert memory[-1] == TOMORROW


async def test_a_self_graded_answer_worth_one_is_right(db: Database) -> None:
    await make_learner(db)

    await record(db.writing, replace(ATTEMPT, correct=None))

    assert await _progress(db) == (1, 1, 1, 1)


async def test_an_uncounted_answer_is_logged_and_touches_nothing_else(db: Database) -> None:
    await make_learner(db)
    uncounted = replace(ATTEMPT, score=0.0, correct=None, counted=False)

    await record(db.writing, uncounted)

    async with db.reading() as session:
        stored = await attempt_at(session, 1, 1)
    assert stored == uncounted
    assert stored.outcome == "uncounted"
    assert await count_of(db, MemoryRow) == 0
    assert await count_of(db, TopicProgressRow) == 0


async def test_an_uncounted_answer_does_not_use_up_the_first_try(db: Database) -> None:
    await make_learner(db)

    await record(db.writing, replace(WRONG, correct=None, counted=False))
    await record(db.writing, replace(ATTEMPT, position=2))

    assert await _progress(db) == (1, 1, 1, 1)


async def test_learners_do_not_share_tries_or_memories(db: Database) -> None:
    await make_learner(db, 1)
    await make_learner(db, 2)

    await record(db.writing, WRONG)
    await record(db.writing, replace(ATTEMPT, round_id=2, learner_id=2))

    first, second = await rows_of(db, TopicProgressRow)
    assert first[3:7] == (1, 0, 1, 0)
    assert second[3:7] == (1, 1, 1, 1)
    assert await count_of(db, MemoryRow) == 2


async def _publish_rename(db: Database) -> None:
    """Store `for-else`, renamed to `loop-else`."""
    fixed = {"authors": [], "license": "", "language": "", "version": "", "content_hash": ""}
    question = {
        "pack_id": "pack",
        "topic_id": "loops",
        "objective_id": "loops-end",
        "position": 1,
        "rev": "",
        "v": 1,
        "level": "",
        "tags": [],
        "points": 1.0,
        "shuffle": True,
        "commentary": {},
        "commentary_hash": "",
    }
    async with db.writing.begin() as session:
        pack = {"id": "pack", "title": "", "description": "", "published_at": NOW}
        await session.execute(insert(PackRow), [pack | fixed])
        old = {"id": "for-else", "renamed_to": "loop-else", "retired_at": NOW}
        new = {"id": "loop-else", "renamed_to": None, "retired_at": None}
        await session.execute(insert(QuestionRow), [question | old, question | new])


@pytest.mark.parametrize(
    ("before", "after"), [("for-else", "loop-else"), ("loop-else", "for-else")]
)
async def test_a_question_under_another_id_is_not_new(
    db: Database, before: str, after: str
) -> None:
    await make_learner(db)
    await _publish_rename(db)

    await record(db.writing, replace(WRONG, question_id=before))
    await record(db.writing, replace(ATTEMPT, question_id=after, position=2))

    assert await _progress(db) == (2, 1, 1, 0)


async def test_the_latest_answer_is_found_by_the_present_id(db: Database) -> None:
    await make_learner(db, 1)
    await make_learner(db, 2)
    await _publish_rename(db)
    other = replace(ATTEMPT, position=3, question_id="never-published")
    for attempt in (
        WRONG,
        replace(ATTEMPT, position=2),
        other,
        replace(WRONG, round_id=2, learner_id=2, question_id="loop-else"),
    ):
        await record(db.writing, attempt)

    async with db.reading() as session:
        latest = await latest_by_question(session, 1, "pack")

    assert latest == {"loop-else": replace(ATTEMPT, position=2), "never-published": other}
