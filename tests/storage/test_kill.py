"""A writer that is killed loses nothing it had confirmed."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest
from sqlalchemy import text

from quiz.storage.engine import Database, connected
from quiz.storage.migrate import migrate
from quiz.storage.ready import check_ready
from quiz.storage.rebuild import rebuild
from quiz.storage.tables import AttemptRow, MemoryRow, TopicProgressRow
from tests.storage.made import NOW, make_learner, rows_of


async def _prepare(url: str) -> None:
    async with connected(url) as db:
        await migrate(db, now=NOW)
        await make_learner(db)


def _confirmed_before_kill(url: str, answers: int) -> list[int]:
    """Kill a recorder after so many answers and return all positions that it had confirmed."""
    command = [sys.executable, "-m", "tests.storage.recorder", url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        confirmed = [int(process.stdout.readline()) for _ in range(answers)]
        process.kill()
        rest = process.stdout.read().split("\n")[:-1]
    return confirmed + [int(line) for line in rest]


async def _derived(db: Database) -> list[list[tuple[object, ...]]]:
    return [await rows_of(db, table) for table in (MemoryRow, TopicProgressRow)]


async def _assert_whole(url: str, confirmed: list[int]) -> None:
    async with connected(url) as db:
        await check_ready(db)
        async with db.read.connect() as connection:
            check = await connection.execute(text("PRAGMA integrity_check"))
            assert check.scalar() == "ok"
        assert {row[2] for row in await rows_of(db, AttemptRow)} >= set(confirmed)
        before = await _derived(db)
        await rebuild(db.writing, lambda answers: None)
        assert await _derived(db) == before


@pytest.mark.parametrize("answers", [1, 20, 57])
def test_what_was_confirmed_is_there_after_a_kill(url: str, answers: int) -> None:
    asyncio.run(_prepare(url))

    confirmed = _confirmed_before_kill(url, answers)

    assert len(confirmed) >= answers
    asyncio.run(_assert_whole(url, confirmed))
