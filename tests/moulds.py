"""Files of SQLite as migrating and publishing leave them: made once a process, then copied."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from sqlalchemy import make_url

from quiz.cli.packs import prepare
from quiz.config import settings
from quiz.storage.engine import connected
from quiz.storage.migrate import migrate
from tests.apart import run

_PUBLISHED: dict[tuple[str, datetime], bytes] = {}


def new_file(url: str) -> Path | None:
    """Return the file of SQLite that a URL names, None if it exists or another engine is meant."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    file = Path(parsed.database)
    return None if file.exists() else file


def pour(file: Path, mould: bytes) -> None:
    """Write a database where there is none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(mould)


@cache
def migrated(now: datetime) -> bytes:
    """Return a database with all tables and nothing in them."""

    async def make(url: str) -> None:
        async with connected(url) as database:
            await migrate(database, now=now)

    with TemporaryDirectory() as folder:
        file = Path(folder) / "quiz.db"
        run(make(f"sqlite+aiosqlite:///{file}"))
        return file.read_bytes()


def published(content: Path, now: datetime) -> bytes:
    """Return a database with what is published of a folder of packs."""
    key = (_name_of(content), now)
    if key not in _PUBLISHED:
        with TemporaryDirectory() as folder:
            own = settings({"QUIZ_DATA": folder, "QUIZ_CONTENT": str(content)})
            file = Path(folder) / "quiz.db"
            pour(file, migrated(now))
            run(prepare(own, Console(quiet=True), now=now))
            _PUBLISHED[key] = file.read_bytes()
    return _PUBLISHED[key]


def _name_of(folder: Path) -> str:
    found = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = file.relative_to(folder).as_posix()
        found.update(f"{name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()
