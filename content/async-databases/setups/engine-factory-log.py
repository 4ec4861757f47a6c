"""Two users in a SQLite file, an engine that is not connected yet, and `opened`, which notes connections."""

from functools import partial

from sqlalchemy import event, func, insert, select
from sqlalchemy.ext.asyncio import (
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker
from sqlalchemy.pool import NullPool, Pool

URL = "sqlite+aiosqlite:///users.db"
opened: list[object] = []


class Base(DeclarativeBase):
    """The base of every mapped class in this program."""


class User(Base):
    """A user with a unique name."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


@event.listens_for(Pool, "connect")
def note_connect(dbapi_connection, record):
    """Note a connection that some pool opens."""
    opened.append(dbapi_connection)


first = create_async_engine(URL)
async with first.begin() as connection:
    await connection.run_sync(Base.metadata.drop_all)
    await connection.run_sync(Base.metadata.create_all)
    await connection.execute(insert(User), [{"name": "Ann"}, {"name": "Bob"}])
await first.dispose()
opened.clear()

engine = create_async_engine(URL)
Session = async_sessionmaker(engine)
total = select(func.count()).select_from(User)


async def count() -> int:
    """Return how many users another session can see."""
    async with Session() as other:
        return await other.scalar(total)


async def new_names() -> str:
    """Return the names that were stored after Ann and Bob."""
    async with Session() as other:
        names = await other.scalars(select(User.name).where(User.id > 2).order_by(User.name))
        return " ".join(names)
