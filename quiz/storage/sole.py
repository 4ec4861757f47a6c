"""A file of SQLite has one process that serves from it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quiz.core.errors import OperatorError
from quiz.storage.engine import Database


@contextmanager
def sole_process(db: Database) -> Iterator[None]:
    """Keep other processes from serving the same file. Raises OperatorError where one does.

    The lock is the process's: whoever began it may hold another of its own on the same file.
    """
    if not db.is_sqlite:
        yield
        return
    path = Path(db.name.removeprefix("file:")).resolve()
    try:
        lock = path.with_name(path.name + ".lock").open("a")
    except OSError as error:
        raise OperatorError(f"{path.parent} cannot be used: {error.strerror}.") from None
    with lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise OperatorError(
                f"Another process serves {path}, and SQLite has one writer. Start one worker, or "
                "name a server: QUIZ_DATABASE_URL=postgresql+asyncpg://…"
            ) from None
        yield
