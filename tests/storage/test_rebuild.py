"""What is derived from the log can be made anew from it, whatever happened."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert

from quiz.core.attempts import Attempt
from quiz.storage.engine import Database
from quiz.storage.rebuild import count_answers, rebuild
from quiz.storage.tables import MemoryRow, TopicProgressRow
from tests.storage.made import ATTEMPT, NOW, make_learner, record, rows_of

pytestmark = pytest.mark.every_engine

LEARNERS, ROUNDS, ANSWERS = 3, 12, 60


def history(chance: random.Random) -> list[Attempt]:
    """Return answers of several learners in the order of time, each at a place of its own."""
    places = [(learner, n) for learner in range(1, LEARNERS + 1) for n in range(ANSWERS)]
    chance.shuffle(places)
    return [
        replace(
            ATTEMPT,
            learner_id=learner,
            round_id=learner + 1000 * (n % ROUNDS),
            position=n // ROUNDS + 1,
            topic_id=f"topic-{chance.randrange(3)}",
            objective_id=f"objective-{chance.randrange(5)}",
            question_id=f"question-{chance.randrange(9)}",
            score=chance.choice([0.0, 0.5, 1.0]),
            hints=chance.choice([0, 0, 1]),
            counted=chance.random() > 0.1,
            answered_at=NOW + timedelta(hours=7 * order),
        )
        for order, (learner, n) in enumerate(places)
    ]


@pytest.mark.parametrize("seed", range(2))
async def test_a_rebuild_gives_what_the_answers_left_behind(db: Database, seed: int) -> None:
    for learner in range(1, LEARNERS + 1):
        await make_learner(db, learner, rounds=ROUNDS)
    for attempt in history(random.Random(seed)):
        await record(db.writing, attempt)
    before = [await rows_of(db, MemoryRow), await rows_of(db, TopicProgressRow)]
    async with db.writing.begin() as session:
        await session.execute(delete(MemoryRow))
        wrong = {"learner_id": 1, "pack_id": "pack", "topic_id": "nowhere", "last_at": NOW}
        counts = {"answered": 9, "right": 9, "tried": 9, "first_try_right": 9}
        await session.execute(insert(TopicProgressRow), [wrong | counts])

    told: list[int] = []
    await rebuild(db.writing, told.append)

    assert [await rows_of(db, MemoryRow), await rows_of(db, TopicProgressRow)] == before
    assert len(before[0]) == LEARNERS * 5
    async with db.reading() as session:
        assert sum(told) == await count_answers(session) == LEARNERS * ANSWERS


async def test_a_rebuild_cut_short_changes_nothing(db: Database) -> None:
    await make_learner(db)
    await record(db.writing, ATTEMPT)
    before = [await rows_of(db, MemoryRow), await rows_of(db, TopicProgressRow)]

    def cut(_answers: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        await rebuild(db.writing, cut)

    assert [await rows_of(db, MemoryRow), await rows_of(db, TopicProgressRow)] == before
