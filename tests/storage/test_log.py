"""The log, read in pages for exports."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from quiz.core.attempts import Attempt
from quiz.storage.engine import Database
from quiz.storage.extent import EVERYTHING, Extent, extent_of_class
from quiz.storage.log import count_until, last_id, page_after
from quiz.storage.school import ClassRow, EnrolmentRow, PersonRow
from tests.school import Author, School
from tests.storage.made import ATTEMPT, NOW, make_learner, record

pytestmark = pytest.mark.every_engine


@pytest.fixture
async def answered(db: Database) -> Database:
    """Seven answers; some share their time, and the last was stored late."""
    await make_learner(db)
    await School(db, Author()).publish()
    for position, hours in enumerate([1, 1, 1, 2, 2, 3, 0], 1):
        await record(db.writing, _at(position, hours))
    return db


def _at(position: int, hours: int) -> Attempt:
    return replace(ATTEMPT, position=position, answered_at=NOW + timedelta(hours=hours))


async def _positions(
    db: Database, *, last: int, limit: int, extent: Extent = EVERYTHING
) -> list[list[int]]:
    pages, after = [], None
    async with db.reading() as session:
        while page := (await page_after(session, after, last=last, limit=limit, extent=extent))():
            pages.append([entry.position for entry in page])
            after = page[-1].key
    return pages


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7, 100])
async def test_pages_hold_every_answer_once_in_the_order_of_answers(
    answered: Database, limit: int
) -> None:
    pages = await _positions(answered, last=7, limit=limit)

    assert [position for page in pages for position in page] == [7, 1, 2, 3, 4, 5, 6]
    assert {len(page) for page in pages[:-1]} <= {limit}


async def test_an_answer_that_comes_after_the_start_is_not_in_the_file(answered: Database) -> None:
    async with answered.reading() as session:
        last = await last_id(session)

    await record(answered.writing, _at(8, 2))

    assert await _positions(answered, last=last, limit=3) == [[7, 1, 2], [3, 4, 5], [6]]
    async with answered.reading() as session:
        assert await count_until(session, last) == 7


async def test_an_empty_log_has_no_page(db: Database) -> None:
    async with db.reading() as session:
        assert await last_id(session) == 0
    assert await _positions(db, last=0, limit=3) == []


@pytest.mark.parametrize("limit", [1, 2, 100])
@pytest.mark.parametrize("sparse", [True, False])
async def test_a_class_reads_what_its_enrolments_show_however_it_is_read(
    answered: Database, sparse: bool, limit: int
) -> None:
    await make_learner(answered, 2)
    await record(answered.writing, replace(_at(8, 2), learner_id=2, round_id=2))
    extent = await _enrolled(answered, 1, since=1, left=3)
    extent = replace(extent, sparse=sparse)

    pages = await _positions(answered, last=9, limit=limit, extent=extent)

    assert [position for page in pages for position in page] == [1, 2, 3, 4, 5]


async def test_a_class_knows_about_how_much_it_sees(answered: Database) -> None:
    extent = await _enrolled(answered, 1, since=1, left=None)

    assert (extent.answers, extent.sparse) == (7, True)
    assert extent.since == NOW + timedelta(hours=1)


async def test_tries_before_a_class_could_see_them_do_not_count_in_it(answered: Database) -> None:
    extent = await _enrolled(answered, 1, since=2, left=None)
    async with answered.reading() as session:
        page = (await page_after(session, None, last=9, limit=9, extent=extent))()

    assert [entry.try_no for entry in page] == [1, 2, 3]
    assert {(entry.learner_name, entry.external_id) for entry in page} == {("Ann", "x-1")}


async def _enrolled(db: Database, learner_id: int, *, since: int, left: int | None) -> Extent:
    """Put a learner into a class that sees answers of these hours, and return its extent."""
    person = PersonRow(
        public_id="ada", name="Ada", name_key="ada", role="instructor", recovery=[], created_at=NOW
    )
    async with db.writing.begin() as session:
        session.add(person)
        await session.flush()
        room = ClassRow(public_id="c", owner_id=person.id, name="C", code="c", created_at=NOW)
        session.add(room)
        await session.flush()
        line = EnrolmentRow(
            public_id="e",
            class_id=room.id,
            learner_id=learner_id,
            name="Ann",
            external_id="x-1",
            shares_certainty=False,
            created_at=NOW,
            joined_at=NOW,
            since_at=NOW + timedelta(hours=since),
            left_at=None if left is None else NOW + timedelta(hours=left),
        )
        session.add(line)
        await session.flush()
        return await extent_of_class(session, room.id, room.name)
