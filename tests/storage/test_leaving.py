"""A learner deletes all that is theirs, and nothing of anybody else's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Table, insert, select
from sqlalchemy.exc import IntegrityError

from quiz.storage.base import Base
from quiz.storage.engine import Database
from quiz.storage.leaving import OWNED, delete_learner
from quiz.storage.school import ReportRow
from quiz.storage.tables import (
    AnalysisRow,
    DeviceCodeRow,
    LearnerTokenRow,
    RoundCardRow,
)
from tests.storage.enrolled import at, enrol
from tests.storage.made import ATTEMPT, NOW, make_learner, record

pytestmark = pytest.mark.every_engine

TABLES: list[Table] = Base.metadata.sorted_tables


def owned(table: Table) -> bool:
    return any(key.column.table.name == "learners" for key in table.foreign_keys)


async def everything(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables by name."""
    async with db.reading() as session:
        return {
            table.name: sorted(map(tuple, await session.execute(select(table))), key=repr)
            for table in TABLES
        }


async def live(db: Database, learner: int) -> None:
    """Leave a row of a learner in every table that can have one."""
    await make_learner(db, learner)
    await enrol(db, 1, learner, 0, None)
    question = {"pack_id": "pack", "question_id": "for-else", "v": 1, "rev": "0123456789ab"}
    whose = {"learner_id": learner}
    report = {"public_id": f"report-{learner}", "answered": True, "text": "No.", "outcome": ""}
    token = {"digest": f"token-{learner}", "created_at": NOW, "last_seen_at": NOW}
    code = {"digest": f"code-{learner}", "ends_at": at(1)}
    async with db.writing.begin() as session:
        card = {"round_id": learner, "position": 1, "hints": 0}
        await session.execute(insert(RoundCardRow), [question | card])
        await session.execute(insert(ReportRow), [question | whose | report | {"created_at": NOW}])
        await session.execute(insert(LearnerTokenRow), [whose | token])
        await session.execute(insert(DeviceCodeRow), [whose | code])
    await record(db.writing, replace(ATTEMPT, learner_id=learner, round_id=learner))


async def leave(db: Database, learner: int) -> None:
    async with db.writing.begin() as session:
        await delete_learner(session, learner)


def test_no_table_that_belongs_to_a_learner_is_forgotten() -> None:
    assert {table.__tablename__ for table in OWNED} == {t.name for t in TABLES if owned(t)}


async def test_every_row_of_a_learner_goes_and_no_other(db: Database) -> None:
    await live(db, 1)
    others = await everything(db)
    await live(db, 2)
    full = await everything(db)

    await leave(db, 2)

    assert await everything(db) == others
    assert {name for name, rows in full.items() if rows != others[name]} == {
        "learners",
        "round_cards",
        *(table.name for table in TABLES if owned(table)),
    }


async def test_statistics_that_count_a_learner_go_too(db: Database) -> None:
    await live(db, 1)
    async with db.writing.begin() as session:
        for pack in ("pack", "another"):
            key = {"scope": "everybody", "pack_id": pack, "mode": "practice", "through": 1}
            values = {"stamp": "", "computed_at": NOW, "took_s": 0.1, "numbers": {"tries": 1}}
            await session.execute(insert(AnalysisRow), [key | values])

    await leave(db, 1)

    assert [row[1] for row in (await everything(db))["analyses"]] == ["another"]


async def test_an_answer_on_its_way_is_refused(db: Database) -> None:
    await live(db, 1)
    await leave(db, 1)

    with pytest.raises(IntegrityError):
        await record(db.writing, ATTEMPT)

    assert (await everything(db))["attempts"] == []
