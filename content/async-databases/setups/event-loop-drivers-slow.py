"""One SQLite file with two drivers, `slow()` for SQL that takes half a second, a log, and a task that ticks."""

import asyncio
import sqlite3
import threading
import time

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

loop_thread = threading.get_ident()
froze: list[bool] = []
log: list[str] = []


def slow() -> int:
    """Take half a second, and note whether the thread of the event loop is kept waiting."""
    froze.append(threading.get_ident() == loop_thread)
    time.sleep(0.5)
    return 1


legacy = sqlite3.connect("shop.db", check_same_thread=False)
legacy.create_function("slow", 0, slow)

engine = create_async_engine("sqlite+aiosqlite:///shop.db")
Session = async_sessionmaker(engine)


@event.listens_for(engine.sync_engine, "connect")
def add_slow(dbapi_connection, record):
    """Let SQL call `slow()`."""
    dbapi_connection.run_async(lambda c: c.create_function("slow", 0, slow))


def sync_query() -> int:
    """Ask with the synchronous driver."""
    return legacy.execute("SELECT slow()").fetchone()[0]


async def async_query() -> int:
    """Ask with the asynchronous driver."""
    async with Session() as s:
        return await s.scalar(text("SELECT slow()"))


async def wrapped() -> int:
    """Ask with the synchronous driver, in a coroutine."""
    return sync_query()


ticks: list[float] = []


async def tick():
    """Tick a hundred times a second, whenever the loop has time."""
    while True:
        await asyncio.sleep(0.01)
        ticks.append(time.monotonic())


await asyncio.sleep(0)
ticking = asyncio.create_task(tick())
await asyncio.sleep(0.05)
