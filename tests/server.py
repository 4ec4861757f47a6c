"""What every database server of the tests does: run as an ordinary user, and be found empty."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, ClassVar, NoReturn

import pytest
from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from quiz.storage.base import Base
from quiz.storage.engine import connected
from quiz.storage.migrate import migrate
from tests.apart import run

PATIENCE_S = 60


def program(*names: str) -> str:
    """Return the path of an installed program, "" where there is none."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
    return next(filter(None, (shutil.which(name, path=path) for name in names)), "")


def missing(name: str) -> NoReturn:
    """Skip the test that needs a program, or fail it where nothing may be skipped."""
    if os.environ.get("SKIP_NOTHING"):
        pytest.fail(f"{name} is not installed, and nothing may be skipped here")
    pytest.skip(f"{name} is not installed: what only it can tell is not tested")


def as_ordinary_user(command: Sequence[str], folder: Path) -> None:
    """Run a program of a server as the owner of its folder; it must end well."""
    with (folder / "said").open("w+b") as said:
        done = subprocess.run(
            command, cwd=folder, stdout=said, stderr=said, check=False, **owner_of(folder)
        )
        said.seek(0)
        assert done.returncode == 0, said.read().decode()


def owner_of(folder: Path) -> dict[str, Any]:
    if os.geteuid():
        return {}
    found = folder.stat()
    return {"user": found.st_uid, "group": found.st_gid, "extra_groups": []}


def wait_for_line(log: Path, words: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server says in its log that it is there."""
    for _ in range(PATIENCE_S * 20):
        if log.exists() and words in log.read_text():
            return
        assert process.poll() is None, log.read_text()
        threading.Event().wait(0.05)
    pytest.fail(f"A server does not answer: {log.read_text()}")


class Server(ABC):
    """A running server; `admin` is its administrator's way in."""

    count_anew: ClassVar[str]
    """The statement after which the ids of a table begin at 1."""

    def __init__(self) -> None:
        self.admin = self._connect()
        self._numbers = count()
        self._shared = ""

    @abstractmethod
    def url(self, driver: str, database: str) -> URL:
        """Return the address of a database for a driver."""

    @abstractmethod
    def _connect(self) -> Engine: ...

    @abstractmethod
    def _stop(self) -> None: ...

    def close(self) -> None:
        self.admin.dispose()
        self._stop()

    def empty(self, driver: str) -> str:
        """Return the URL of a new database without tables."""
        name = f"quiz_{next(self._numbers)}"
        with self.admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        return self.url(driver, name).render_as_string(hide_password=False)

    def migrated(self, driver: str) -> str:
        """Return the URL of the database that tests share, with every table empty."""
        if not self._shared:
            url = self.empty(driver)
            run(_migrate(url))
            self._shared = str(make_url(url).database)
            self._cleaner = administrator(self.admin.url.set(database=self._shared))
        with self._cleaner.connect() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())
            for name in NUMBERED:
                connection.execute(text(self.count_anew.format(name)))
        return self.url(driver, self._shared).render_as_string(hide_password=False)


def administrator(url: URL) -> Engine:
    return create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)


async def _migrate(url: str) -> None:
    async with connected(url) as database:
        await migrate(database, now=datetime(2026, 11, 1, tzinfo=UTC))


NUMBERED = ("learners", "rounds", "attempts")
"""Tables whose ids the database counts."""
