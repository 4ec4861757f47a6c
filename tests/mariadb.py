"""MariaDB for tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from sqlalchemy import URL, Engine

from tests.server import (
    Server,
    administrator,
    as_ordinary_user,
    owner_of,
    program,
    wait_for_line,
)


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
                **owner_of(self.folder),
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
        wait_for_line(self.folder / "log", "ready for connections", self._process)
        return administrator(self.url("mysql+pymysql", "mysql"))
