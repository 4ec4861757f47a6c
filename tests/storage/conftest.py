"""Databases for tests: a migrated file or server, or tables in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from quiz.storage.base import Base
from quiz.storage.engine import Database, connected
from quiz.storage.migrate import migrate
from tests.moulds import migrated, new_file, pour
from tests.storage.made import NOW


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def db(url: str) -> AsyncIterator[Database]:
    file = new_file(url)
    if file:
        pour(file, migrated(NOW))
    async with connected(url) as db:
        await migrate(db, now=NOW)
        yield db


@pytest.fixture
async def memory() -> AsyncIterator[Database]:
    """A database in memory with the tables of the code, for what is the same on all engines.

    Its one connection serves reading and writing, so one session may be open at a time: what a
    second one is to see, or to wait for, is tested on `db`.
    """
    engine = create_async_engine("sqlite+aiosqlite:///:memory:")
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    yield Database(engine.url, engine, engine, sessions, sessions)
    await engine.dispose()
