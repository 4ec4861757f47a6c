"""Engines: what is in force on each connection, and what is refused."""

from __future__ import annotations

import sys

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from quiz.core.errors import OperatorError
from quiz.storage.engine import Database, open_database

IN_FORCE = {
    "busy_timeout": 15000,
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "journal_size_limit": 67108864,
}


async def _pragmas(engine: AsyncEngine) -> dict[str, object]:
    async with engine.connect() as connection:
        return {
            name: (await connection.execute(text(f"PRAGMA {name}"))).scalar() for name in IN_FORCE
        }


async def test_every_pragma_is_in_force_on_both_engines(db: Database) -> None:
    assert await _pragmas(db.write) == IN_FORCE
    assert await _pragmas(db.read) == IN_FORCE


async def test_the_read_engine_refuses_to_write(db: Database) -> None:
    async with db.reading() as session:
        with pytest.raises(OperationalError, match="readonly"):
            await session.execute(text("DELETE FROM packs"))


async def test_readers_see_the_last_commit_while_a_writer_is_at_work(db: Database) -> None:
    count = text("SELECT count(*) FROM learners")
    async with db.writing() as writer, db.reading() as reader:
        await writer.execute(
            text("INSERT INTO learners VALUES (1, 'a', '', '2026-11-01 00:00:00.000000')")
        )
        assert await reader.scalar(count) == 0
        await writer.commit()
        await reader.rollback()
        assert await reader.scalar(count) == 1


async def test_a_transaction_that_reads_first_can_still_write(db: Database) -> None:
    async with db.write.begin() as connection:
        raw = await connection.get_raw_connection()
        driver = raw.driver_connection
        assert driver is not None
        assert driver.in_transaction


@pytest.mark.parametrize(
    "url",
    [
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///:memory:",
        "sqlite+aiosqlite:///file:x?mode=memory&uri=true",
    ],
)
def test_a_database_in_memory_is_refused(url: str) -> None:
    with pytest.raises(OperatorError, match="Name a file"):
        open_database(url)


def test_a_driver_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(OperatorError, match=r"needs asyncpg.*Install selfquiz\[postgresql\]"):
        open_database("postgresql+asyncpg://x/y")


@pytest.mark.parametrize(
    "url", ["quiz.db", "nosuch://x", "sqlite+nosuch:///x.db", "mysql://x/y", "postgresql://x/y"]
)
def test_a_url_that_names_no_driver_says_how_to_write_one(url: str) -> None:
    with pytest.raises(OperatorError, match=r"Write one such as sqlite\+aiosqlite"):
        open_database(url)
