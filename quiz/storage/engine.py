"""The engines of a database, made in the process that uses them.

SQLite allows one writer at a time, so it gets two engines on one file: one connection that writes
(its transactions begin IMMEDIATE: a deferred one that reads first fails at its first write when
another has written) and four that only read, each statement from the last commit. Servers get one
pool for both.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.pool import AsyncAdaptedQueuePool

from quiz.core.errors import OperatorError
from quiz.storage.servers import reading_engine, server_engine

DRIVERS = {
    "sqlite+aiosqlite": "",
    "postgresql+asyncpg": "postgresql",
    "postgresql+psycopg": "psycopg",
    "mysql+aiomysql": "mariadb",
}
"""What a URL may begin with, and the extra that installs the driver: none that would block."""

READERS = 4

PRAGMAS = (
    "busy_timeout=15000",  # first, as the next one may have to wait; covers a backup
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL loses answers already confirmed when the power goes
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "journal_size_limit=67108864",
)


@dataclass(frozen=True, slots=True)
class Database:
    """Where everything is kept: `writing` makes sessions that may write, `reading` others."""

    url: URL
    write: AsyncEngine
    read: AsyncEngine
    writing: async_sessionmaker[AsyncSession]
    reading: async_sessionmaker[AsyncSession]

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of SQLite."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def name(self) -> str:
        """What to call it in a message: the file, or the address without its password."""
        return str(self.url.database) if self.is_sqlite else self.url.render_as_string()


def open_database(url: str, *, patient: bool = False) -> Database:
    """Return the database at a URL; nothing is connected yet. Raises OperatorError.

    A `patient` one sets no limit to what a server may take: for commands, not for learners.
    """
    try:
        parsed = make_url(url)
        _refuse_driver(parsed)
        if parsed.get_backend_name() == "sqlite":
            _refuse_memory(parsed)
            write, read = _write_engine(parsed), _read_engine(parsed)
        else:
            write = server_engine(parsed, patient=patient)
            read = reading_engine(write, parsed)
    except ArgumentError as error:
        raise OperatorError(
            f"The database URL cannot be used: {error}. "
            "Write one such as sqlite+aiosqlite:///data/quiz.db."
        ) from None
    except ImportError as error:
        raise OperatorError(
            f"The database URL needs {error.name}, which is not installed. "
            f"Install selfquiz[{DRIVERS[parsed.drivername]}]."
        ) from None
    return Database(parsed, write, read, _sessions(write), _sessions(read))


async def close(db: Database) -> None:
    """Close all connections."""
    await db.write.dispose()
    await db.read.dispose()


@asynccontextmanager
async def connected(url: str, *, patient: bool = False) -> AsyncIterator[Database]:
    """Open the database at a URL and close it at the end. Raises OperatorError."""
    db = open_database(url, patient=patient)
    try:
        yield db
    finally:
        await close(db)


def _refuse_driver(url: URL) -> None:
    if url.drivername not in DRIVERS:
        raise ArgumentError(
            f"it begins with '{url.drivername}', and {', '.join(DRIVERS)} are what is known"
        )


def _refuse_memory(url: URL) -> None:
    if url.database in (None, "", ":memory:") or url.query.get("mode") == "memory":
        raise OperatorError(
            "A database in memory forgets everything and cannot have two engines. "
            "Name a file: sqlite+aiosqlite:///data/quiz.db."
        )


def _write_engine(url: URL) -> AsyncEngine:
    engine = _sqlite(url, 1)

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _read_engine(url: URL) -> AsyncEngine:
    """Each statement sees the last commit, as on servers: no BEGIN, and nothing to roll back."""
    return _sqlite(
        url,
        READERS,
        "query_only=ON",
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
    )


def _sqlite(url: URL, size: int, *more: str, **options: Any) -> AsyncEngine:
    engine = create_async_engine(
        url, poolclass=AsyncAdaptedQueuePool, pool_size=size, max_overflow=0, **options
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver never begins on its own, DDL included
        try:
            _tune(connection, (*PRAGMAS, *more), url)
        except BaseException:
            connection.close()  # the pool would leave its thread running
            raise

    return engine


def _tune(connection: Any, pragmas: tuple[str, ...], url: URL) -> None:
    cursor = connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
        answer = cursor.fetchone()
        if pragma == "journal_mode=WAL" and answer[0] != "wal":
            raise OperatorError(
                f"The database {url.database} cannot use a write-ahead log "
                f"(it answers '{answer[0]}'). Keep it on a local disk."
            )
    cursor.close()


def _sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    return async_sessionmaker(engine, expire_on_commit=False)
