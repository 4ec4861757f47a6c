"""A migrated database: a file in a temporary folder, or one of a server."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

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
