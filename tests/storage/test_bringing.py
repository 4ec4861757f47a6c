"""Answers from a file count for their learner's own progress, and for nothing that others see."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import cast

import pytest
from sqlalchemy import Table, select

from quiz.core.attempts import IMPORTED
from quiz.core.own import Brought, OwnAttempt, OwnRound
from quiz.storage.bringing import bring_in
from quiz.storage.classes import seen_by_class
from quiz.storage.dialect import count_on
from quiz.storage.engine import Database
from quiz.storage.enrolments import answers_until_now
from quiz.storage.extent import EVERYTHING
from quiz.storage.log import count_until, page_after
from quiz.storage.merging import merge_learners, newly_seen
from quiz.storage.scopes import EVERYBODY
from quiz.storage.tables import AttemptRow, MemoryRow, RoundRow, TopicProgressRow
from quiz.storage.tries import tries_of
from quiz.storage.walks import count_rounds
from tests.school import Author, School
from tests.storage.enrolled import enrol
from tests.storage.made import NOW, make_learner, rows_of

pytestmark = pytest.mark.every_engine

ROUND = OwnRound("elsewhere", "pack", "loops", "practice", 5, NOW, None)
ANSWER = OwnAttempt(
    round="elsewhere",
    position=1,
    topic_id="loops",
    objective_id="end",
    question_id="for-else",
    v=1,
    rev="0123456789ab",
    response=["a"],
    score=0.0,
    correct=False,
    counted=True,
    misconceptions=(),
    hints=0,
    certainty=None,
    shown_at=NOW,
    answered_at=NOW,
)
NUMBERS = count()


async def bring(
    db: Database, *attempts: OwnAttempt, learner: int = 1, rounds: Sequence[OwnRound] = (ROUND,)
) -> Brought:
    async def batches() -> AsyncIterator[Sequence[OwnAttempt]]:
        for attempt in attempts:
            yield [attempt]

    async with db.writing.begin() as session:
        return await bring_in(
            session,
            learner,
            {each.id: each for each in rounds},
            batches(),
            unguessable=lambda: f"new-{next(NUMBERS)}",
            now=NOW,
        )


@pytest.fixture
async def school(db: Database) -> School:
    """A published pack, and two learners who did nothing yet."""
    school = School(db, Author())
    await school.publish()
    for learner in (1, 2):
        await make_learner(db, learner)
    async with db.write.begin() as connection:
        await count_on(connection, cast(Table, RoundRow.__table__))  # as ids of rounds were given
    return school


async def test_the_same_place_counts_once_whatever_a_file_says(school: School) -> None:
    db, other = school.db, replace(ANSWER, position=2, question_id="while", objective_id="while")

    first = await bring(db, ANSWER, ANSWER)
    again = await bring(db, replace(ANSWER, score=1.0, correct=True), other)

    assert (first, again) == (Brought(1, 1, 0), Brought(1, 1, 0))
    assert [row.score for row in await attempts(db)] == [0.0, 0.0]
    assert {row.mode for row in await attempts(db)} == {IMPORTED}


async def test_a_round_of_ones_own_is_known_and_anothers_is_not_touched(school: School) -> None:
    db, mine = school.db, replace(ROUND, id="round-1")
    given = replace(ANSWER, round="round-1")

    own = await bring(db, given, rounds=[mine])
    copied = await bring(db, given, rounds=[mine], learner=2)

    assert (own, copied) == (Brought(0, 1, 0), Brought(1, 0, 0))
    async with db.reading() as session:
        query = select(RoundRow.public_id, RoundRow.learner_id, RoundRow.finished_at)
        (found,) = await session.execute(query.where(RoundRow.origin == "round-1"))
    assert (found.public_id == "round-1", found.learner_id) == (False, 2)
    assert found.finished_at == NOW


async def test_what_is_not_here_is_left_out_until_it_comes(school: School) -> None:
    unknown = replace(ANSWER, position=2, question_id="later")
    foreign = replace(ANSWER, round="foreign")
    rounds = [ROUND, replace(ROUND, id="foreign", pack_id="nowhere")]

    before = await bring(school.db, unknown, foreign, ANSWER, rounds=rounds)
    school.author.questions["later"] = ("types", "")
    await school.publish()
    after = await bring(school.db, unknown, foreign, ANSWER, rounds=rounds)

    assert (before, after) == (Brought(1, 0, 2), Brought(1, 1, 1))


async def test_older_answers_go_before_those_that_are_here(school: School) -> None:
    """As if one learner had given all of them here."""
    db, older = school.db, NOW - timedelta(days=40)
    await school.answer("for-else", 0.0, learner=2, answered_at=older)
    await school.answer("for-else", learner=2, answered_at=NOW)
    expected = await derived(db, 2)

    await school.answer("for-else", learner=1, answered_at=NOW)
    await bring(db, replace(ANSWER, answered_at=older))

    assert await derived(db, 1) == expected
    await school.assert_a_rebuild_changes_nothing()


async def test_nobody_else_sees_what_was_brought_in(school: School) -> None:
    db = school.db
    await enrol(db, 1, 1, -1, None)
    for learner in (1, 2):
        await bring(db, ANSWER, learner=learner)

    async with db.reading() as session:
        seen = select(AttemptRow.id).where(seen_by_class(1))
        assert list(await session.scalars(seen)) == []
        assert await answers_until_now(session, 1) == (0, None)
        assert await newly_seen(session, 1, 2) == 0
        assert (await page_after(session, None, last=9, limit=9))() == []
        assert await count_until(session, 9) == 0
        assert await count_rounds(session, EVERYTHING) == 2
    tries = tries_of(db.reading, EVERYBODY, "pack", ["practice"], through=9)
    assert [rows async for rows in tries] == []


async def test_a_merge_counts_what_either_brought_in(school: School) -> None:
    await bring(school.db, ANSWER, learner=2)
    expected = await derived(school.db, 2)

    async with school.db.writing.begin() as session:
        await merge_learners(session, 1, 2, devices=True)

    assert await derived(school.db, 1) == expected


async def attempts(db: Database) -> Sequence[AttemptRow]:
    async with db.reading() as session:
        return (await session.scalars(select(AttemptRow).order_by(AttemptRow.id))).all()


async def derived(db: Database, learner: int) -> list[list[tuple[object, ...]]]:
    """Return memories and counts of a learner, the learner aside."""
    tables = [await rows_of(db, MemoryRow), await rows_of(db, TopicProgressRow)]
    return [[row[1:] for row in rows if row[0] == learner] for rows in tables]
