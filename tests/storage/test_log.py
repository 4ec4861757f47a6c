"""The log, read in pages for exports."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from quiz.core.attempts import Attempt
from quiz.storage.engine import Database
from quiz.storage.log import count_until, last_id, page_after
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


async def _positions(db: Database, *, last: int, limit: int) -> list[list[int]]:
    pages, after = [], None
    async with db.reading() as session:
        while page := (await page_after(session, after, last=last, limit=limit))():
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
