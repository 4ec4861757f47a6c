"""Databases that are servers: how we connect to them, and whether they can take us.

Two parameters of the URL are ours: `pool_size`, the connections that each process keeps, and
`pgbouncer=1`, which leaves out what a pooler in transaction mode cannot keep for a connection.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, event, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from quiz.core.errors import OperatorError

POOL_SIZE = 10
"""Connections a process keeps, unless the URL says otherwise."""

SPARE = 2
"""Connections left for a command that looks after the database while the workers serve."""

CONNECT_S, STATEMENT_S, LOCK_S, IDLE_S = 5, 10, 5, 15
"""Seconds to wait for: a connection, a statement, a lock, and us inside a transaction."""

MIGRATION_S = 3600
"""Seconds that another machine's migrations are waited for on MariaDB."""

ANSWER_S = 30
"""Seconds after which a server that answers nothing at all counts as gone."""

LIMITS = {
    "statement_timeout": f"{STATEMENT_S}s",
    "lock_timeout": f"{LOCK_S}s",
    "idle_in_transaction_session_timeout": f"{IDLE_S}s",
}
"""What a session on PostgreSQL starts with."""

MARIADB_LIMITS = (
    f"SET SESSION max_statement_time={STATEMENT_S}, innodb_lock_wait_timeout={LOCK_S}, "
    f"idle_transaction_timeout={IDLE_S}"
)


def server_engine(url: URL, *, patient: bool) -> AsyncEngine:
    """Return an engine for a server; a `patient` one waits as long as a statement or lock takes.

    Raises OperatorError for a parameter that is no number.
    """
    driver = url.get_driver_name()
    engine = create_async_engine(
        url.difference_update_query(["pool_size", "pgbouncer"]),
        pool_size=pool_size(url),
        max_overflow=0,
        pool_timeout=10,
        pool_recycle=1800,
        pool_pre_ping=driver != "asyncpg",  # it would take four trips, and asyncpg knows by itself
        isolation_level="READ COMMITTED",
        connect_args=_arguments(driver, patient=patient, pooled=is_pooled(url)),
    )
    if driver == "asyncpg":
        event.listen(engine.sync_engine, "checkout", _refuse_closed)
    return engine


def reading_engine(engine: AsyncEngine, url: URL) -> AsyncEngine:
    """Return an engine on the same pool whose statements need no BEGIN and ROLLBACK around them.

    MariaDB would have to be told each time, and a pooler may only move us between transactions.
    """
    if is_pooled(url) or url.get_backend_name() != "postgresql":
        return engine
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def pool_size(url: URL) -> int:
    """Return how many connections a process keeps."""
    given = url.query.get("pool_size", str(POOL_SIZE))
    if isinstance(given, str) and given.isascii() and given.isdigit() and 0 < int(given) < 1000:
        return int(given)
    raise OperatorError(
        f"pool_size in the database URL is '{given}'. Write a number of connections, such as 10."
    )


def is_pooled(url: URL) -> bool:
    """Return whether a pooler in transaction mode stands before the server."""
    return url.query.get("pgbouncer") == "1"


async def check_room(connection: AsyncConnection, url: URL, workers: int) -> None:
    """Raise OperatorError unless the server has room for the connections of so many workers."""
    if is_pooled(url):
        return  # the pooler shares out the connections
    needed = workers * pool_size(url) + SPARE
    query = ROOM["postgresql" if connection.dialect.name == "postgresql" else "mariadb"]
    allowed, reserved, used = (int(each) for each in (await connection.execute(query)).one())
    free = allowed - reserved - (used - 1)  # this connection will be gone
    if needed > free:
        raise OperatorError(
            f"{workers} workers with {pool_size(url)} connections each, and {SPARE} for commands, "
            f"need {needed}; the database has {free} free ({allowed} allowed, {reserved} reserved, "
            f"{used - 1} in use). Start fewer workers, write a smaller ?pool_size= in the database "
            "URL, or raise max_connections."
        )


ROOM = {
    "postgresql": text(
        "SELECT current_setting('max_connections'),"
        " current_setting('superuser_reserved_connections'),"
        " (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')"
    ),
    "mariadb": text(
        "SELECT @@max_connections, 0, variable_value FROM information_schema.global_status"
        " WHERE variable_name = 'THREADS_CONNECTED'"
    ),
}
"""Connections allowed, those of them only for superusers, and those in use."""


@contextmanager
def alone(connection: Connection) -> Iterator[None]:
    """Hold, in a transaction that changes tables, the lock of all who change them."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('selfquiz'))"))
        yield
        return
    connection.execute(text(f"SELECT GET_LOCK('selfquiz', {MIGRATION_S})"))
    # Ids differ by case, and two texts that a person reads alike are still two.
    connection.execute(text("ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"))
    try:
        yield
    finally:
        connection.execute(text("SELECT RELEASE_LOCK('selfquiz')"))


def _arguments(driver: str, *, patient: bool, pooled: bool) -> dict[str, Any]:
    """Return what a driver connects with."""
    if driver == "asyncpg":
        found: dict[str, Any] = {"timeout": CONNECT_S}
        if pooled:
            # The next transaction may meet another server process: it knows no statement of ours.
            found |= {"statement_cache_size": 0, "prepared_statement_cache_size": 0}
            found["prepared_statement_name_func"] = lambda: ""
        if not patient:
            found["command_timeout"] = ANSWER_S
        return found if patient or pooled else {**found, "server_settings": LIMITS}
    if driver == "psycopg":
        found = {"connect_timeout": CONNECT_S} | ({"prepare_threshold": None} if pooled else {})
        limits = " ".join(f"-c {name}={value}" for name, value in LIMITS.items())
        return found if patient or pooled else {**found, "options": limits}
    found = {"connect_timeout": CONNECT_S}
    return found if patient else {**found, "init_command": MARIADB_LIMITS}


def _refuse_closed(connection: Any, _record: object, _proxy: object) -> None:
    """Let the pool connect anew where the server has closed a connection meanwhile."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError
