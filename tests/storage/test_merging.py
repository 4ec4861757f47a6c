"""Two learners become one: every row changes hands, and what follows from the log is made anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Table, insert, select
from sqlalchemy.exc import IntegrityError

from quiz.storage.base import Base
from quiz.storage.engine import Database
from quiz.storage.merging import (
    DEVICES,
    DROPPED,
    HANDED_OVER,
    MADE_ANEW,
    answers_of,
    merge_learners,
    newly_seen,
)
from quiz.storage.rebuild import rebuild
from quiz.storage.school import EnrolmentRow
from quiz.storage.tables import (
    AttemptRow,
    LearnerRow,
    LearnerTokenRow,
    MemoryRow,
    TopicProgressRow,
)
from tests.storage.enrolled import at, enrol
from tests.storage.made import ATTEMPT, NOW, WRONG, count_of, make_learner, record, rows_of

pytestmark = pytest.mark.every_engine


async def answers(db: Database, learner: int, *hours: int) -> None:
    """Give answers of a learner at these hours, by turns wrong and right."""
    for position, hour in enumerate(hours, 1):
        given = replace(WRONG if position % 2 else ATTEMPT, learner_id=learner, round_id=learner)
        await record(db.writing, replace(given, position=position, answered_at=at(hour)))


async def merge(db: Database, keep: int, gone: int, *, devices: bool = True) -> None:
    async with db.writing.begin() as session:
        await merge_learners(session, keep, gone, devices=devices)


def tables_with_a_learner() -> set[str]:
    every: list[Table] = Base.metadata.sorted_tables
    return {
        table.name
        for table in every
        if any(key.column.table.name == "learners" for key in table.foreign_keys)
    }


def test_no_table_that_belongs_to_a_learner_is_forgotten() -> None:
    known: tuple[type[Base], ...] = (*HANDED_OVER, *DEVICES, *MADE_ANEW, *DROPPED, EnrolmentRow)

    assert {table.__tablename__ for table in known} == tables_with_a_learner()


async def test_all_that_was_done_is_of_one_and_adds_up_as_if_it_always_had_been(
    db: Database,
) -> None:
    for learner in (1, 2):
        await make_learner(db, learner)
    await answers(db, 1, 1, 30)
    await answers(db, 2, 10, 200)
    before = await rows_of(db, AttemptRow)

    await merge(db, 1, 2)

    after = await rows_of(db, AttemptRow)
    owner = list(AttemptRow.__table__.c.keys()).index("learner_id")
    assert {row[owner] for row in after} == {1}
    assert [(*row[:owner], *row[owner + 1 :]) for row in after] == [
        (*row[:owner], *row[owner + 1 :]) for row in before
    ]
    assert await count_of(db, LearnerRow) == 1
    derived = [await rows_of(db, MemoryRow), await rows_of(db, TopicProgressRow)]
    assert [row[3:6] for row in derived[1]] == [(4, 2, 1)]
    await rebuild(db.writing, lambda answers: None)
    assert [await rows_of(db, MemoryRow), await rows_of(db, TopicProgressRow)] == derived


@pytest.mark.parametrize(("devices", "owners"), [(True, [1, 1]), (False, [1])])
async def test_browsers_go_along_only_where_they_are_meant_to(
    db: Database, devices: bool, owners: list[int]
) -> None:
    for learner in (1, 2):
        await make_learner(db, learner)
        async with db.writing.begin() as session:
            token = {"digest": str(learner), "learner_id": learner}
            values = token | {"created_at": NOW, "last_seen_at": NOW}
            await session.execute(insert(LearnerTokenRow), [values])

    await merge(db, 1, 2, devices=devices)

    assert [row[1] for row in await rows_of(db, LearnerTokenRow)] == owners


async def test_an_answer_on_its_way_to_who_is_gone_is_refused_not_lost(db: Database) -> None:
    for learner in (1, 2):
        await make_learner(db, learner)
    await merge(db, 1, 2)
    late = replace(ATTEMPT, learner_id=2, round_id=2)

    with pytest.raises(IntegrityError):
        await record(db.writing, late)
    await record(db.writing, replace(late, learner_id=1))

    assert await count_of(db, AttemptRow) == 1


@pytest.mark.parametrize(
    ("one", "other", "seen", "window"),
    [
        ((0, None), (5, None), 1, (0, None)),
        ((5, None), (5, None), 0, (5, None)),
        ((0, 4), (7, None), 3, (0, None)),
        ((0, 4), (2, 8), 1, (0, 8)),
    ],
)
async def test_a_line_shows_what_either_showed_and_what_else_it_would_is_counted(
    db: Database,
    one: tuple[int, int | None],
    other: tuple[int, int | None],
    seen: int,
    window: tuple[int, int | None],
) -> None:
    for learner in (1, 2):
        await make_learner(db, learner)
    await answers(db, 1, 1, 3, 6)
    await answers(db, 2, 3, 6)
    await enrol(db, 1, 1, *one)
    await enrol(db, 1, 2, *other)

    async with db.reading() as session:
        counted = await newly_seen(session, 1, 2)
        assert await answers_of(session, 1, 2, 9) == {1: 3, 2: 2, 9: 0}
    await merge(db, 1, 2)

    async with db.reading() as session:
        line = (await session.scalars(select(EnrolmentRow))).one()
        assert (line.learner_id, line.name, line.shares_certainty) == (1, "learner 1", False)
        left = None if window[1] is None else at(window[1])
        assert (line.since_at, line.left_at) == (at(window[0]), left)
    assert counted == seen


async def test_a_class_of_only_one_of_them_sees_both_from_then_on(db: Database) -> None:
    for learner in (1, 2):
        await make_learner(db, learner)
    await answers(db, 1, 1, 6)
    await enrol(db, 2, 2, 5, None)

    async with db.reading() as session:
        assert await newly_seen(session, 1, 2) == 1
    await merge(db, 1, 2)

    async with db.reading() as session:
        assert (await session.scalars(select(EnrolmentRow.learner_id))).all() == [1]
