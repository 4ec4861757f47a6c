"""Database servers for tests: of what is installed, on private sockets, as an ordinary user.

`TEST_ENGINES` names the engines to test on, such as `sqlite,postgresql,psycopg,mariadb`. A server
starts when the first test asks for it, and every test finds it with empty tables.
"""

from __future__ import annotations

import os

from tests.mariadb import MariaDB
from tests.postgresql import PostgreSQL
from tests.server import Server, missing

DRIVERS = {
    "postgresql": "postgresql+asyncpg",
    "psycopg": "postgresql+psycopg",
    "mariadb": "mysql+aiomysql",
}
ENGINES = ("sqlite", *DRIVERS)


def engines() -> list[str]:
    """Return the names of the engines to test on."""
    names = os.environ.get("TEST_ENGINES", "sqlite,postgresql").split(",")
    unknown = sorted(set(names) - set(ENGINES))
    assert not unknown, f"TEST_ENGINES names {unknown}; the engines are {', '.join(ENGINES)}"
    return names


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
