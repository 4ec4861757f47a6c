"""Two users with posts, for functions that `run_sync` calls."""

import asyncio
import threading
import time

from sqlalchemy import ForeignKey, insert, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    mapped_column,
    relationship,
)


class Base(DeclarativeBase):
    """The base of every mapped class in this program."""


class User(Base):
    """A user and the posts of that user, which load when they are read."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    posts: Mapped[list["Post"]] = relationship()


class Post(Base):
    """A post of one user."""

    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


engine = create_async_engine("sqlite+aiosqlite:///app.db")
Session = async_sessionmaker(engine)

async with engine.begin() as connection:
    await connection.run_sync(Base.metadata.drop_all)
    await connection.run_sync(Base.metadata.create_all)
async with Session.begin() as session:
    session.add_all([User(id=1, name="Ann"), User(id=2, name="Bob")])
async with Session.begin() as session:
    session.add_all(
        [
            Post(id=1, title="Sun", user_id=1),
            Post(id=2, title="Moon", user_id=1),
        ]
    )


def names(sync):
    """Return the names of the tables, given a synchronous connection."""
    return sorted(inspect(sync).get_table_names())


def added(sync, old):
    """Return the names of the tables that are not in `old`."""
    return [name for name in names(sync) if name not in old]
