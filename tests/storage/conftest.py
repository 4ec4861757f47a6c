"""A migrated database in a temporary folder."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from quiz.storage.engine import Database, connected
from quiz.storage.migrate import migrate
from tests.storage.made import NOW


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/quiz.db"


@pytest.fixture
async def db(url: str) -> AsyncIterator[Database]:
    async with connected(url) as db:
        await migrate(db, now=NOW)
        yield db
