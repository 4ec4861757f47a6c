"""Database servers for tests: of what is installed, on private sockets, as an ordinary user.

`TEST_ENGINES` names the engines to test on, such as `sqlite,postgresql,psycopg,mariadb`. A server
starts when the first test asks for it, and every test finds it with empty tables.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, ClassVar, NoReturn

import pytest
from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from quiz.packs.running.postgresql import find_binaries, temporary_server
from quiz.storage.base import Base
from quiz.storage.engine import connected
from quiz.storage.migrate import migrate

DRIVERS = {
    "postgresql": "postgresql+asyncpg",
    "psycopg": "postgresql+psycopg",
    "mariadb": "mysql+aiomysql",
}
ENGINES = ("sqlite", *DRIVERS)
PATIENCE_S = 60


def engines() -> list[str]:
    """Return the names of the engines to test on."""
    names = os.environ.get("TEST_ENGINES", "sqlite,postgresql").split(",")
    unknown = sorted(set(names) - set(ENGINES))
    assert not unknown, f"TEST_ENGINES names {unknown}; the engines are {', '.join(ENGINES)}"
    return names


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
            command, cwd=folder, stdout=said, stderr=said, check=False, **_owner(folder)
        )
        said.seek(0)
        assert done.returncode == 0, said.read().decode()


def _owner(folder: Path) -> dict[str, Any]:
    if os.geteuid():
        return {}
    found = folder.stat()
    return {"user": found.st_uid, "group": found.st_gid, "extra_groups": []}


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
            with ThreadPoolExecutor(1) as threads:
                threads.submit(asyncio.run, _migrate(url)).result()
            self._shared = str(make_url(url).database)
            self._cleaner = _administrator(self.admin.url.set(database=self._shared))
        with self._cleaner.connect() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())
            for name in NUMBERED:
                connection.execute(text(self.count_anew.format(name)))
        return self.url(driver, self._shared).render_as_string(hide_password=False)


def _administrator(url: URL) -> Engine:
    return create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)


async def _migrate(url: str) -> None:
    async with connected(url) as database:
        await migrate(database, now=datetime(2026, 11, 1, tzinfo=UTC))


NUMBERED = ("learners", "rounds", "attempts")
"""Tables whose ids the database counts."""


class PostgreSQL(Server):
    """PostgreSQL, reached by a socket in its folder."""

    count_anew = "ALTER SEQUENCE {}_id_seq RESTART"

    def __init__(self, **settings: str) -> None:
        self._stack = ExitStack()
        self._server = self._stack.enter_context(temporary_server(settings))
        self.folder = self._server.socket
        super().__init__()

    @staticmethod
    def installed() -> bool:
        return find_binaries() is not None

    def url(self, driver: str, database: str) -> URL:
        return make_url(self._server.url(database)).set(drivername=driver)

    def restart(self, mode: str) -> None:
        """Stop it, `fast` or `immediate`, and start it again."""
        control = [str(self._server.binaries / "pg_ctl"), "-D", str(self.folder / "data")]
        log = ["-l", str(self.folder / "log")]
        as_ordinary_user([*control, *log, "-w", "-s", "-m", mode, "restart"], self.folder)

    def _stop(self) -> None:
        self._stack.close()

    def _connect(self) -> Engine:
        return _administrator(self.url("postgresql+psycopg", "postgres"))


class MariaDB(Server):
    """MariaDB, reached by a socket in its folder."""

    count_anew = "ALTER TABLE {} AUTO_INCREMENT = 1"

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="quiz-mariadb-"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, "mysql", "mysql")
        data = f"--datadir={self.folder}/data"
        make = [program("mariadb-install-db"), "--no-defaults", data, "--skip-test-db"]
        as_ordinary_user([*make, "--auth-root-authentication-method=normal"], self.folder)
        where = [f"--socket={self.folder}/socket", f"--pid-file={self.folder}/pid"]
        fast = ["--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=64M"]
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [program("mariadbd"), "--no-defaults", data, "--skip-networking", *where, *fast],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                **_owner(self.folder),
            )
        super().__init__()

    @staticmethod
    def installed() -> bool:
        return bool(program("mariadbd") and program("mariadb-install-db"))

    def url(self, driver: str, database: str) -> URL:
        socket = {"unix_socket": str(self.folder / "socket")}
        return URL.create(driver, username="root", database=database, query=socket)

    def _stop(self) -> None:
        self._process.kill()
        self._process.wait()
        shutil.rmtree(self.folder)

    def _connect(self) -> Engine:
        log = self.folder / "log"
        for _ in range(PATIENCE_S * 20):
            if "ready for connections" in log.read_text():
                return _administrator(self.url("mysql+pymysql", "mysql"))
            assert self._process.poll() is None, log.read_text()
            threading.Event().wait(0.05)
        pytest.fail(f"MariaDB does not answer: {log.read_text()}")


class Servers:
    """The servers of a test run, started when they are first asked for."""

    def __init__(self) -> None:
        self._running: dict[type[Server], Server] = {}

    def of(self, engine: str) -> Server:
        """Return the server of an engine; skips the test where it is not installed."""
        kind = MariaDB if engine == "mariadb" else PostgreSQL
        if not kind.installed():
            missing(kind.__name__)
        if kind not in self._running:
            self._running[kind] = kind()
        return self._running[kind]

    def migrated(self, engine: str) -> str:
        """Return the URL of a database of an engine with all tables, and nothing in them."""
        return self.of(engine).migrated(DRIVERS[engine])

    def empty(self, engine: str) -> str:
        """Return the URL of a database of an engine without tables."""
        return self.of(engine).empty(DRIVERS[engine])

    def close(self) -> None:
        for server in self._running.values():
            server.close()
