"""PostgreSQL for tests, and a pooler before it."""

from __future__ import annotations

import os
import subprocess
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL, Engine, make_url

from quiz.packs.running.postgresql import find_binaries, temporary_server
from tests.server import (
    Server,
    administrator,
    as_ordinary_user,
    owner_of,
    program,
    wait_for_line,
)


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
        return administrator(self.url("postgresql+psycopg", "postgres"))


class PgBouncer:
    """A pooler before a server: two of its connections, each for one transaction at a time."""

    PORT = 6432  # only part of the name of its socket

    def __init__(self, server: PostgreSQL) -> None:
        self._stack = ExitStack()
        self.folder = Path(self._stack.enter_context(TemporaryDirectory(prefix="quiz-")))
        owner = server.folder.stat()
        os.chown(self.folder, owner.st_uid, owner.st_gid)
        settings = {
            "listen_port": self.PORT,
            "unix_socket_dir": self.folder,
            "logfile": self.folder / "log",
            "auth_type": "any",
            "pool_mode": "transaction",
            "default_pool_size": 2,
        }
        lines = [f"{name} = {value}" for name, value in settings.items()]
        head = ["[databases]", f"* = host={server.folder} user=postgres", "[pgbouncer]"]
        (self.folder / "ini").write_text("\n".join([*head, *lines]))
        command = [program("pgbouncer"), "-q", str(self.folder / "ini")]
        self._process = subprocess.Popen(command, cwd=self.folder, **owner_of(self.folder))
        wait_for_line(self.folder / "log", "process up", self._process)

    @staticmethod
    def installed() -> bool:
        return bool(program("pgbouncer"))

    def before(self, url: URL) -> URL:
        """Return the address of a database by way of the pooler."""
        return url.set(port=self.PORT).update_query_dict({"host": str(self.folder)})

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._stack.close()
