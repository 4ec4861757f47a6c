"""What fails in passing is done again, whole, and nothing else is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.errors import BusyError
from quiz.storage.engine import Database
from quiz.storage.tables import LearnerRow
from quiz.storage.transactions import in_transaction, persistent
from tests.storage.made import ATTEMPT, make_learner, record, rows_of

KILL_OTHERS = {
    "postgresql": "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    "mysql": "SELECT id FROM information_schema.processlist"
    " WHERE db = database() AND id <> connection_id()",
}


@pytest.mark.every_server
async def test_two_that_wait_for_each_other_both_get_through(db: Database) -> None:
    await make_learner(db, 1)
    await make_learner(db, 2)
    both_hold_one = asyncio.Barrier(2)
    tries: list[str] = []

    async def rename(name: str, ids: Sequence[int]) -> None:
        async def work(session: AsyncSession) -> None:
            tries.append(name)
            for id in ids:
                query = update(LearnerRow).where(LearnerRow.id == id)
                await session.execute(query.values(name=LearnerRow.name + name))
                if len(tries) <= 2 and id == ids[0]:
                    await both_hold_one.wait()

        await in_transaction(db.writing, work)

    await asyncio.gather(rename("a", (1, 2)), rename("b", (2, 1)))

    assert len(tries) == 3
    assert {"".join(sorted(str(row[2]))) for row in await rows_of(db, LearnerRow)} == {"ab"}


@pytest.mark.every_server
async def test_a_connection_that_the_server_closed_is_made_anew(db: Database) -> None:
    await make_learner(db)
    async with db.writing() as killer:
        async with db.writing() as victim:
            await killer.execute(text("SELECT 1"))
            await victim.execute(text("SELECT 1"))
        for (id,) in (await killer.execute(text(KILL_OTHERS[db.url.get_backend_name()]))).all():
            if db.url.get_backend_name() == "mysql":
                await killer.execute(text(f"KILL {int(id)}"))

    assert await record(db.writing, ATTEMPT) == ATTEMPT


async def test_an_act_is_done_again_when_its_connection_was_closed_in_the_middle() -> None:
    class ClosedError(Exception):
        sqlstate = "08003"  # as asyncpg says it, before it calls the connection closed

    tries: list[int] = []

    async def act() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise DBAPIError("SELECT", {}, ClosedError("in the middle of operation"))
        return len(tries)

    assert await persistent(act, delays_s=(0, 0)) == 2


async def test_what_does_not_pass_is_not_tried_again() -> None:
    tries: list[int] = []

    async def act() -> None:
        tries.append(1)
        raise OperationalError("SELECT", {}, Exception("no such table"))

    with pytest.raises(DBAPIError, match="no such table"):
        await persistent(act, delays_s=(0, 0))
    assert len(tries) == 1


async def test_what_never_passes_is_told_in_a_sentence() -> None:
    tries: list[int] = []

    async def act() -> None:
        tries.append(1)
        raise ConnectionRefusedError

    with pytest.raises(BusyError, match="does not answer, so nothing was saved"):
        await persistent(act, delays_s=(0, 0, 0))
    assert len(tries) == 3
