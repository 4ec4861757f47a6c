"""A PostgreSQL server of our own for an hour: started, used and gone.

It listens on a socket in a temporary folder and nowhere else, and it forgets everything: nothing
is written through to the disk.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quiz.core.errors import OperatorError

START_S = 60
"""Seconds that each step of starting may take, on a busy machine too."""

STOP_S = 10
"""Seconds that stopping may take before the server is killed."""

ORDINARY_USERS = ("postgres", "nobody")
"""Whom the server runs as when we are root, the first that exists: it refuses to be root."""

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "shared_buffers": "32MB",
}
"""What every server is started with; nothing of it outlives us, so nothing needs the disk."""

PLACES = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: the folder of its programs and that of its socket."""

    binaries: Path
    socket: Path

    def url(self, database: str = "postgres", driver: str = "asyncpg") -> str:
        """Return the address of a database for SQLAlchemy, such as `postgresql+asyncpg://…`."""
        scheme = f"postgresql+{driver}" if driver else "postgresql"
        return f"{scheme}://postgres@/{database}?host={self.socket}"

    def create(self, database: str) -> str:
        """Make an empty database and return its address. Raises OperatorError if it exists."""
        call = [self.binaries / "createdb", "-h", self.socket, "-U", "postgres", database]
        _run([str(word) for word in call], {})
        return self.url(database)


def find_binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL installed here, None where there is none."""
    found = [path.parent for place in PLACES for path in Path(place).glob("*/bin/initdb")]
    named = shutil.which("initdb")
    if named:
        found.append(Path(named).resolve().parent)
    whole = [folder for folder in found if (folder / "pg_ctl").exists()]
    return max(whole, key=_version, default=None)


@contextmanager
def temporary_server(settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Start a server, and stop it at the end whatever happens.

    `settings` are added to those of `postgresql.conf`. Raises OperatorError where PostgreSQL is
    not installed or does not start.
    """
    binaries = find_binaries()
    if binaries is None:
        raise OperatorError(
            "PostgreSQL is not installed here: no initdb in the PATH or in /usr/lib/postgresql. "
            "Install it, for example with `apt-get install postgresql`."
        )
    user = _ordinary_user()
    # The address of a socket may have 107 bytes, so the folder lies where its name is short.
    with tempfile.TemporaryDirectory(prefix="quiz-pg-", dir="/tmp") as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user["user"], user["group"])
        try:
            _start(binaries, folder, {**SETTINGS, **(settings or {})}, user)
            yield Server(binaries, folder)
        finally:
            _stop(binaries, folder, user)


def _start(
    binaries: Path, folder: Path, settings: Mapping[str, str], user: Mapping[str, Any]
) -> None:
    data = str(folder / "data")
    flags = ["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C"]
    _run([str(binaries / "initdb"), "-D", data, *flags], user)
    options = [f"-k {folder}", *(f"-c {name}='{value}'" for name, value in settings.items())]
    call = [str(binaries / "pg_ctl"), "-D", data, "-l", str(folder / "log"), "-t", str(START_S)]
    _run([*call, "-o", " ".join(options), "-w", "start"], user, log=folder / "log")


def _stop(binaries: Path, folder: Path, user: Mapping[str, Any]) -> None:
    pid = folder / "data" / "postmaster.pid"
    if not pid.exists():
        return
    call = [str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-t", str(STOP_S)]
    try:
        _run([*call, "-m", "fast", "-w", "stop"], user)
    except OperatorError:
        _run([*call, "-m", "immediate", "-w", "stop"], user)


def _run(call: Sequence[str], user: Mapping[str, Any], log: Path | None = None) -> None:
    """Run one of PostgreSQL's programs; its last words make the error."""
    # Output goes to a file: a server that was started keeps it open, so a pipe would never end.
    with tempfile.TemporaryFile() as said:
        try:
            done = subprocess.run(  # noqa: S603  the programs of the installed PostgreSQL
                call,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd="/",
                env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
                timeout=2 * START_S,
                start_new_session=True,
                check=False,
                **user,
            )
        except subprocess.TimeoutExpired:
            raise OperatorError(f"{Path(call[0]).name} did not come to an end.") from None
        if done.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace")
            words += log.read_text(errors="replace") if log and log.exists() else ""
            raise OperatorError(f"{Path(call[0]).name} failed: {' '.join(words.split())[-400:]}")


def _ordinary_user() -> Mapping[str, Any]:
    """Return whom to start programs as: nobody else, or an ordinary user when we are root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next((names[name] for name in ORDINARY_USERS if name in names), None)
    if entry is None:
        raise OperatorError("PostgreSQL does not run as root. Start this as an ordinary user.")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _version(folder: Path) -> tuple[int, ...]:
    digits = "".join(sign if sign.isdigit() else " " for sign in folder.parent.name)
    return tuple(int(number) for number in digits.split())
