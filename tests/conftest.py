"""An app on a real database, with the example pack published and a clock that stands still.

That is a file of SQLite. Tests marked `every_engine` run on each engine of TEST_ENGINES.
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import hypothesis
import pytest
from argon2 import PasswordHasher, profiles
from rich.console import Console
from sqlalchemy import text
from starlette.testclient import TestClient

from quiz.cli.packs import prepare
from quiz.config import Settings, settings
from quiz.storage.engine import connected
from quiz.web.app import create_app
from tests.apart import run as run
from tests.browsing import Browser
from tests.moulds import new_file, pour, published
from tests.servers import Servers, engines

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
EXAMPLE = Path(__file__).parent / "packs" / "example"
CHEAP = PasswordHasher.from_parameters(profiles.CHEAPEST)
"""Passwords cost next to nothing in tests."""
HOME = "http://127.0.0.1:8000"


# Tests do not time: how long an example takes says nothing on a busy machine.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder of packs with the example pack in it."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "content" / "example"))


def pytest_collection_finish() -> None:
    """Leave what is loaded by now out of every later look for what can go."""
    gc.collect()
    gc.freeze()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    every = metafunc.definition.get_closest_marker("every_engine")
    if metafunc.definition.get_closest_marker("every_server"):
        metafunc.parametrize("engine", [name for name in engines() if name != "sqlite"])
    elif every and every.args != (False,) and "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", engines())


@pytest.fixture
def engine() -> str:
    """The name of the engine to test on."""
    return "sqlite"


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    servers = Servers()
    yield servers
    servers.close()


@pytest.fixture
def url(tmp_path: Path, engine: str, servers: Servers) -> str:
    """The address of a database; that of a server is shared by tests and has its tables."""
    if engine == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/quiz.db"
    return servers.migrated(engine)


@pytest.fixture
def config(tmp_path: Path, content: Path, engine: str, servers: Servers) -> Settings:
    data = tmp_path / "data"
    data.mkdir()
    given = {"QUIZ_DATA": str(data), "QUIZ_CONTENT": str(content.parent)}
    if engine != "sqlite":
        given["QUIZ_DATABASE_URL"] = servers.migrated(engine)
    return settings(given)


async def _stored(url: str, query: str) -> list[tuple[object, ...]]:
    async with connected(url) as database, database.read.connect() as connection:
        return [tuple(row) for row in await connection.execute(text(query))]


def stored(config: Settings, query: str) -> list[tuple[object, ...]]:
    """Return what a query finds in the database of an app."""
    return run(_stored(config.database_url, query))


async def _changed(url: str, statement: str) -> None:
    async with connected(url) as database, database.write.begin() as connection:
        await connection.execute(text(statement))


def change(config: Settings, statement: str) -> None:
    """Run a statement in the database of an app."""
    run(_changed(config.database_url, statement))


def publish(config: Settings, *, now: datetime = NOW) -> None:
    """Migrate and publish as `quiz serve` does at its start; a new file is copied from a mould."""
    file = new_file(config.database_url)
    if file:
        pour(file, published(config.content, now))
    else:
        run(prepare(config, Console(quiet=True), now=now))


@pytest.fixture
def client(config: Settings, clock: Clock) -> Iterator[TestClient]:
    publish(config)
    app = create_app(config, clock=clock, hashing=CHEAP)
    with TestClient(app, base_url=HOME, raise_server_exceptions=True) as client:
        yield client


@pytest.fixture
def browser(client: TestClient) -> Browser:
    return Browser(client)
