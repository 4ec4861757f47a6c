"""How far a class is with its work: first tries that it may see, whatever was renamed since."""

from __future__ import annotations

from datetime import datetime
from itertools import count

import pytest
from sqlalchemy import event, insert, select, update

from quiz.core.assignments import Status, Work
from quiz.practice.desk import Desk
from quiz.practice.pages import home
from quiz.storage.assignments import open_work, statuses, topics_in, tried_questions, work_of
from quiz.storage.engine import Database
from quiz.storage.recorder import Recorder
from quiz.storage.school import AssignmentRow
from quiz.storage.tables import LearnerTokenRow, RoundRow
from tests.school import Author, School
from tests.storage.enrolled import at, enrol
from tests.storage.made import NOW, make_learner

NUMBERS = count()


@pytest.fixture
async def school(db: Database) -> School:
    """Two learners in a class, the second from the 20th hour on; an answer takes 9 hours."""
    school = School(db, Author())
    await school.publish()
    for learner in (1, 2):
        await make_learner(db, learner)
    await enrol(db, 1, 1, 0, None)
    await enrol(db, 1, 2, 20, None)
    return school


async def assign(db: Database, *topic_ids: str, due_at: datetime | None = None) -> None:
    values = {"public_id": f"work-{next(NUMBERS)}", "class_id": 1, "title": "Work"}
    plan = {"pack_id": "pack", "topic_ids": list(topic_ids), "due_at": due_at}
    async with db.writing.begin() as session:
        await session.execute(insert(AssignmentRow), [values | plan | {"created_at": NOW}])


async def seen(db: Database) -> list[tuple[int, int, int, int]]:
    """Return questions, answered, right and late of each learner with the only work."""
    return [(s.questions, s.answered, s.right, s.late) for s in await all_statuses(db)]


async def all_statuses(db: Database) -> tuple[Status, ...]:
    async with db.reading() as session:
        return await statuses(session, (await session.scalars(select(AssignmentRow))).one())


async def shown(db: Database, learner: int) -> list[Work]:
    async with db.reading() as session:
        return list(await open_work(session, learner, now=at(100)))


@pytest.mark.every_engine
async def test_first_tries_that_the_class_may_see_count_and_late_ones_are_marked(
    db: Database, school: School
) -> None:
    await assign(db, due_at=at(30))
    await school.answer("for-else", 0.0)  # hour 9
    await school.answer("for-else", 1.0, learner=2)  # hour 18: before the second joined
    await school.answer("for-else", 1.0)  # hour 27: no first try
    await school.answer("int", 1.0)  # hour 36: late
    await school.answer("for-else", 0.5, learner=2)  # hour 45: late

    assert await seen(db) == [(3, 2, 1, 1), (3, 1, 0, 1)]
    assert [status.last_at for status in await all_statuses(db)] == [at(36), at(45)]
    assert [(w.questions, w.answered) for w in await shown(db, 1) + await shown(db, 2)] == [
        (3, 2),
        (3, 1),
    ]


@pytest.mark.every_engine
async def test_topics_alone_are_asked_where_they_are_named(db: Database, school: School) -> None:
    await assign(db, "loops")
    await school.answer("int")
    await school.answer("while")

    assert await seen(db) == [(2, 1, 1, 0), (2, 0, 0, 0)]
    assert [(w.questions, w.answered) for w in await shown(db, 1)] == [(2, 1)]


@pytest.mark.every_engine
async def test_what_was_renamed_is_still_the_same_work(db: Database, school: School) -> None:
    await assign(db, "loops")
    await school.answer("while")
    await school.rename("loops", "circles")
    await school.rename("while", "until")
    await school.answer("until")
    await school.answer("for-else")

    assert await seen(db) == [(2, 2, 2, 0), (2, 0, 0, 0)]
    assert [(w.questions, w.answered) for w in await shown(db, 1)] == [(2, 2)]
    async with db.reading() as session:
        row = (await session.scalars(select(AssignmentRow))).one()
        assert await topics_in(session, "pack", ["loops", "circles"]) == {"circles"}
        assert await tried_questions(session, row, 1) == {"until", "for-else"}


async def test_a_topic_named_by_two_of_its_names_is_asked_once(
    db: Database, school: School
) -> None:
    await school.rename("loops", "circles")
    await assign(db, "loops", "circles")
    await assign(db)

    assert [work.questions for work in await shown(db, 1)] == [2, 3]


async def test_what_is_asked_no_more_is_no_work(db: Database, school: School) -> None:
    await assign(db)
    await school.answer("while")
    del school.author.questions["while"]
    await school.publish()

    assert await seen(db) == [(2, 0, 0, 0), (2, 0, 0, 0)]
    assert [(w.questions, w.answered) for w in await shown(db, 1)] == [(2, 0)]


async def test_what_is_due_first_stands_first_and_what_has_no_limit_last(
    db: Database, school: School
) -> None:
    for hours in (None, 50, 40):
        await assign(db, due_at=at(hours) if hours else None)

    assert [work.due_at for work in await shown(db, 1)] == [at(40), at(50), None]


async def test_work_is_open_to_who_is_in_the_class_only(db: Database, school: School) -> None:
    await assign(db)
    await make_learner(db, 3)
    async with db.reading() as session:
        id = (await session.scalars(select(AssignmentRow.public_id))).one()
        found = [await work_of(session, learner, id, now=NOW) for learner in (1, 3)]

    assert [bool(row) for row in found] == [True, False]
    assert await shown(db, 3) == []


async def test_the_first_page_takes_one_more_query_for_who_is_in_a_class(
    db: Database, school: School
) -> None:
    await make_learner(db, 3)
    async with db.writing.begin() as session:
        times = {"created_at": NOW, "last_seen_at": NOW}
        tokens = [{"digest": str(n), "learner_id": n} | times for n in (1, 3)]
        await session.execute(insert(LearnerTokenRow), tokens)
        await session.execute(update(RoundRow).values(finished_at=NOW))
    desk = Desk(db, Recorder(db.writing), str)
    sent: list[str] = []
    event.listen(db.read.sync_engine, "before_cursor_execute", lambda *given: sent.append(given[2]))

    await home(desk, "3", now=NOW)
    usual = len(sent)
    await home(desk, "1", now=NOW)

    assert len(sent) == 2 * usual + 1
