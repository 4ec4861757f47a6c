"""Two users in a SQLite file, and `words`: the first word of each piece of SQL in an engine's log."""

import logging

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

URL = "sqlite+aiosqlite:///users.db"
words: list[str] = []


class Base(DeclarativeBase):
    """The base of every mapped class in this program."""


class User(Base):
    """A user with a unique name."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Words(logging.Handler):
    """Notes first words in place of showing lines."""

    def emit(self, record: logging.LogRecord) -> None:
        """Note the first word, unless the line tells of values."""
        word = record.getMessage().split()[0]
        if word.isupper():
            words.append(word)


first = create_async_engine(URL)
async with first.begin() as connection:
    await connection.run_sync(Base.metadata.drop_all)
    await connection.run_sync(Base.metadata.create_all)
    await connection.execute(insert(User), [{"name": "Ann"}, {"name": "Bob"}])
await first.dispose()

logging.getLogger("sqlalchemy.engine.Engine").addHandler(Words())
