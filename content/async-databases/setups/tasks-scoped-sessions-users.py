"""Two users, a registry of sessions by task, and `slow()`, a function of the database that takes its time."""

import asyncio
import threading
import time

from sqlalchemy import event, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import (
    async_scoped_session,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The base of every mapped class in this program."""


class User(Base):
    """A user with a unique name."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


engine = create_async_engine("sqlite+aiosqlite:///users.db")
Session = async_sessionmaker(engine)
scoped = async_scoped_session(Session, scopefunc=asyncio.current_task)

busy = {"now": 0, "most": 0}
lock = threading.Lock()


def slow() -> int:
    """Take half a second, and count how many of these run at the same moment."""
    with lock:
        busy["now"] += 1
        busy["most"] = max(busy["most"], busy["now"])
    time.sleep(0.5)
    with lock:
        busy["now"] -= 1
    return 1


def most_at_once() -> int:
    """Return how many ran at the same moment, and begin to count anew."""
    most, busy["most"] = busy["most"], 0
    return most


@event.listens_for(engine.sync_engine, "connect")
def add_slow(dbapi_connection, record):
    """Let SQL call `slow()`."""
    dbapi_connection.run_async(lambda c: c.create_function("slow", 0, slow))


def open_scopes() -> int:
    """Return how many sessions the registry holds."""
    return len(scoped.registry.registry)


async def count() -> int:
    """Return how many users another session can see."""
    async with Session() as other:
        return await other.scalar(select(func.count()).select_from(User))


async with engine.begin() as connection:
    await connection.run_sync(Base.metadata.drop_all)
    await connection.run_sync(Base.metadata.create_all)
async with Session.begin() as session:
    session.add_all([User(id=1, name="Ann"), User(id=2, name="Bob")])
async with engine.connect(), engine.connect(), engine.connect():
    pass
