"""A page has statistics at once, and newer ones in a moment."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from quiz.core.errors import NotFoundError
from quiz.storage.analyses import Kept
from quiz.storage.engine import Database
from quiz.storage.library import Library
from quiz.storage.rebuild import rebuild
from quiz.storage.scopes import EVERYBODY
from quiz.storage.tables import AnalysisRow
from quiz.teaching.analysis import Analyst, Look, analysing, analysis, is_fresh
from quiz.teaching.counting import State
from tests.conftest import Clock
from tests.school import Author, School
from tests.storage.made import count_of, make_learner, power_cut, rows_of, statements


@pytest.fixture
async def school(db: Database) -> School:
    await make_learner(db)
    school = School(db, Author())
    await school.publish()
    return school


@pytest.fixture
async def analyst(school: School, clock: Clock) -> AsyncIterator[Analyst]:
    async with analysing(school.db, Library(), clock) as analyst:
        analyst.patience_s = 0  # a page that waits for nothing
        yield analyst


async def look(analyst: Analyst) -> Look:
    return await analyst.look(EVERYBODY, "pack", "practice")


def n(found: Look) -> int:
    assert found.analysis
    return found.analysis.questions[0].numbers.n


async def test_a_first_look_finds_nothing_yet_and_the_next_one_does(
    school: School, analyst: Analyst
) -> None:
    await school.answer("for-else")

    assert await look(analyst) == Look(None, counting=True)
    await analyst.settled()

    found = await look(analyst)
    assert (n(found), found.counting) == (1, False)


async def test_a_class_is_counted_while_the_page_waits(school: School, analyst: Analyst) -> None:
    await school.answer("for-else")
    analyst.patience_s = 60

    assert n(await look(analyst)) == 1


async def test_new_answers_wait_half_a_minute_and_are_counted_behind_the_page(
    school: School, analyst: Analyst, clock: Clock
) -> None:
    await school.answer("for-else")
    await look(analyst)
    await analyst.settled()
    await make_learner(school.db, 2)
    await school.answer("for-else", learner=2)

    clock.forward(seconds=29)
    assert (n(await look(analyst)), (await look(analyst)).counting) == (1, False)
    clock.forward(seconds=1)
    found = await look(analyst)
    assert (n(found), found.counting) == (1, True)
    await analyst.settled()
    assert n(await look(analyst)) == 2


async def test_another_pack_is_counted_at_once(school: School, analyst: Analyst) -> None:
    await look(analyst)
    await analyst.settled()
    await school.rename("for-else", "a-loop")

    assert (await look(analyst)).counting
    await analyst.settled()
    found = await look(analyst)
    assert found.analysis
    assert found.analysis.question("a-loop")


async def test_looks_at_the_same_time_count_once(school: School, analyst: Analyst) -> None:
    with statements(school.db) as sent:
        async with school.db.writing.begin() as session:
            await session.connection()  # the only one that writes: a count waits for it at its end
            for _ in range(5):
                assert await look(analyst) == Look(None, counting=True)
        await analyst.settled()

    assert len([statement for statement in sent if "INTO analyses" in statement]) == 1


async def test_a_count_that_fails_is_logged_and_the_next_look_tries_again(
    school: School, analyst: Analyst, caplog: pytest.LogCaptureFixture
) -> None:
    with power_cut(school.db, "INSERT INTO analyses"), caplog.at_level(logging.ERROR):
        analyst.patience_s = 60
        assert await look(analyst) == Look(None, counting=True)

    assert [record.message for record in caplog.records] == [
        "Statistics of ('everybody', 'pack', 'practice') were not counted."
    ]
    assert (await look(analyst)).analysis


async def test_whoever_closes_gives_up_what_is_being_counted(school: School, clock: Clock) -> None:
    async with analysing(school.db, Library(), clock) as analyst:
        analyst.patience_s = 0
        await look(analyst)

    assert await count_of(school.db, AnalysisRow) == 0


async def test_what_took_long_is_counted_less_often_and_all_of_it_once_an_hour(
    school: School, clock: Clock
) -> None:
    found = await analysis(school.db, Library(), EVERYBODY, "pack", "practice", clock=clock)
    slow, now = Kept(found, "stamp", took_s=10), clock.now
    more = State(found.through + 1, "stamp")

    assert is_fresh(slow, more, now=now + timedelta(seconds=199))
    assert not is_fresh(slow, more, now=now + timedelta(seconds=200))
    assert not is_fresh(slow, State(found.through, "other"), now=now)
    same = State(found.through, "stamp")
    assert is_fresh(slow, same, now=now + timedelta(minutes=59))
    assert not is_fresh(slow, same, now=now + timedelta(hours=1))


@pytest.mark.every_engine
async def test_a_command_counts_what_is_new_and_only_then(school: School, clock: Clock) -> None:
    async def found() -> tuple[int, float]:
        now = await analysis(school.db, Library(), EVERYBODY, "pack", "practice", clock=clock)
        return now.questions[0].numbers.n, now.computed_at.timestamp() - clock.now.timestamp()

    assert await found() == (0, 0)
    clock.forward(minutes=5)
    assert await found() == (0, -300)
    await school.answer("for-else")
    assert await found() == (1, 0)
    assert len(await rows_of(school.db, AnalysisRow)) == 1


async def test_a_rebuild_drops_what_is_kept(school: School, clock: Clock) -> None:
    await analysis(school.db, Library(), EVERYBODY, "pack", "practice", clock=clock)

    await rebuild(school.db.writing, lambda answers: None)

    assert await count_of(school.db, AnalysisRow) == 0


@pytest.mark.parametrize(
    ("pack_id", "mode", "said"),
    [
        ("pcak", "practice", r"No pack 'pcak' is published. Those that are: pack\."),
        ("pack", "test", r"There is no mode 'test'. The modes are practice, exam\."),
    ],
)
async def test_what_does_not_exist_is_told_with_what_does(
    analyst: Analyst, pack_id: str, mode: str, said: str
) -> None:
    with pytest.raises(NotFoundError, match=said):
        await analyst.look(EVERYBODY, pack_id, mode)
