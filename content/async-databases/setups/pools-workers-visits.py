"""A user, visits of users, and an engine whose pool has five connections and no overflow."""

import asyncio

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The base of every mapped class in this program."""


class User(Base):
    """A user with a name."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Visit(Base):
    """A visit that was made."""

    __tablename__ = "visits"

    id: Mapped[int] = mapped_column(primary_key=True)


engine = create_async_engine(
    "sqlite+aiosqlite:///visits.db",
    pool_size=5,
    max_overflow=0,
    pool_timeout=1,
    connect_args={"timeout": 30},
)
Session = async_sessionmaker(engine)

async with engine.begin() as connection:
    await connection.run_sync(Base.metadata.drop_all)
    await connection.run_sync(Base.metadata.create_all)
async with Session.begin() as session:
    session.add(User(id=1, name="Ann"))
