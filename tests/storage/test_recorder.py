"""Many answers at once: committed together, and each as if it had come alone."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from quiz.core.errors import BusyError
from quiz.storage.engine import Database
from quiz.storage.rebuild import rebuild
from quiz.storage.recorder import Recorder, recording
from quiz.storage.tables import AttemptRow, MemoryRow, TopicProgressRow
from tests.storage.made import (
    ATTEMPT,
    WRONG,
    count_of,
    make_learner,
    power_cut,
    rows_of,
    statements,
)
from tests.storage.test_rebuild import ANSWERS, LEARNERS, ROUNDS, history


async def test_answers_that_come_together_are_committed_together(db: Database) -> None:
    await make_learner(db)

    with statements(db) as sent:
        async with recording(db.writing) as recorder, asyncio.TaskGroup() as tasks:
            for position in range(1, 41):
                tasks.create_task(recorder.record(replace(ATTEMPT, position=position)))

    assert await count_of(db, AttemptRow) == 40
    assert len(sent) == 4


async def test_a_batch_leaves_behind_what_its_answers_would_one_by_one(memory: Database) -> None:
    for learner in range(1, LEARNERS + 1):
        await make_learner(memory, learner, rounds=ROUNDS)

    async with recording(memory.writing) as recorder, asyncio.TaskGroup() as tasks:
        for attempt in history(random.Random(7)):
            tasks.create_task(recorder.record(attempt))

    assert await count_of(memory, AttemptRow) == LEARNERS * ANSWERS
    derived = [await rows_of(memory, MemoryRow), await rows_of(memory, TopicProgressRow)]
    await rebuild(memory.writing, lambda answers: None)
    assert [await rows_of(memory, MemoryRow), await rows_of(memory, TopicProgressRow)] == derived


async def test_a_repeat_in_the_same_batch_gets_the_answer_given_first(memory: Database) -> None:
    await make_learner(memory)

    async with recording(memory.writing) as recorder:
        stored = await asyncio.gather(recorder.record(WRONG), recorder.record(ATTEMPT))

    assert list(stored) == [WRONG, WRONG]
    assert await count_of(memory, AttemptRow) == 1


async def test_a_bad_answer_fails_alone(db: Database) -> None:
    await make_learner(db)
    nobodys = replace(ATTEMPT, learner_id=99, position=2)
    batch = [ATTEMPT, nobodys, replace(ATTEMPT, position=3)]

    async with recording(db.writing) as recorder:
        results = await asyncio.gather(*map(recorder.record, batch), return_exceptions=True)

    assert results[0::2] == batch[0::2]
    assert isinstance(results[1], IntegrityError)
    assert await count_of(db, AttemptRow) == 2


async def test_the_answer_of_a_cancelled_request_is_stored_all_the_same(memory: Database) -> None:
    await make_learner(memory)

    async with recording(memory.writing) as recorder:
        request = asyncio.create_task(recorder.record(ATTEMPT))
        await asyncio.sleep(0)  # it is in the queue now
        request.cancel()
        other = await recorder.record(replace(ATTEMPT, position=2))

    assert request.cancelled()
    assert other.position == 2
    assert await count_of(memory, AttemptRow) == 2


async def test_what_has_queued_is_stored_before_the_recorder_ends(memory: Database) -> None:
    await make_learner(memory)

    async with recording(memory.writing) as recorder:
        waiting = [
            asyncio.create_task(recorder.record(replace(ATTEMPT, position=n))) for n in range(1, 6)
        ]
        await asyncio.sleep(0)

    assert [attempt.position for attempt in await asyncio.gather(*waiting)] == [1, 2, 3, 4, 5]
    assert await count_of(memory, AttemptRow) == 5


async def test_who_comes_when_too_many_wait_is_asked_to_come_again(db: Database) -> None:
    await make_learner(db)
    recorder = Recorder(db.writing, capacity=1)
    first = asyncio.create_task(recorder.record(ATTEMPT))
    await asyncio.sleep(0)

    with pytest.raises(BusyError, match="Too many answers came at once"):
        await recorder.record(replace(ATTEMPT, position=2))

    running = asyncio.create_task(recorder.run())
    assert await first == ATTEMPT
    await recorder.finish()
    await running


async def test_a_database_that_fails_fails_those_who_wait_and_nobody_after(db: Database) -> None:
    await make_learner(db)

    async with recording(db.writing) as recorder:
        with power_cut(db, "INTO topic_progress"):
            results = await asyncio.gather(
                recorder.record(ATTEMPT),
                recorder.record(replace(ATTEMPT, position=2)),
                return_exceptions=True,
            )
        assert [type(result) for result in results] == [InterruptedError, InterruptedError]
        assert await recorder.record(ATTEMPT) == ATTEMPT

    assert await count_of(db, AttemptRow) == 1
