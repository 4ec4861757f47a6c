"""Many users, and a task that notes how many of them are made between two turns of the event loop."""

import asyncio

from sqlalchemy import event, insert, select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The base of every mapped class in this program."""


class User(Base):
    """A user with points."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    points: Mapped[int] = mapped_column(default=1)


engine = create_async_engine("sqlite+aiosqlite:///many.db")
Session = async_sessionmaker(engine)
made = 0
at_turns: list[int] = [0]


@event.listens_for(User, "load")
def note_made(user, context):
    """Count the objects that are made of rows."""
    global made
    made += 1


async def note_turns():
    """Write down at every turn of the loop how many there are."""
    while True:
        at_turns.append(made)
        await asyncio.sleep(0)


async with engine.begin() as connection:
    await connection.run_sync(Base.metadata.drop_all)
    await connection.run_sync(Base.metadata.create_all)
    await connection.execute(insert(User), [{"id": n} for n in range(1, 5001)])
