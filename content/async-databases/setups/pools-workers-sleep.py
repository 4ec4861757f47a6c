"""A SQLite file at `URL` that knows `pg_sleep`, and `log`, which notes every connection made and closed."""

import asyncio
import time
from contextlib import asynccontextmanager

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.pool import Pool

URL = "sqlite+aiosqlite:///pool.db"
log: list[str] = []


@event.listens_for(Pool, "connect")
def note_connect(dbapi_connection, record):
    """Write down the connection, and give it the function of PostgreSQL that waits."""
    log.append("connect")
    dbapi_connection.run_async(lambda c: c.create_function("pg_sleep", 1, time.sleep))


@event.listens_for(Pool, "close")
def note_close(dbapi_connection, record):
    """Write down that a pool closes a connection."""
    log.append("close")


async def capacity(**settings) -> int:
    """Return how many connections an engine gives out before the next one has to wait."""
    engine = create_async_engine(URL, pool_timeout=0.05, **settings)
    held = []
    try:
        while True:
            held.append(await engine.connect())
    except Exception:
        return len(held)
    finally:
        for connection in held:
            await connection.close()
        await engine.dispose()
