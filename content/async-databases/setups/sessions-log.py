"""Two users in a fresh SQLite file, and `log`, which notes every commit and rollback."""

from sqlalchemy import event, func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import (
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The base of every mapped class in this program."""


class User(Base):
    """A user with a unique name and a balance."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    balance: Mapped[int] = mapped_column(default=0)


engine = create_async_engine("sqlite+aiosqlite:///users.db")
Session = async_sessionmaker(engine)

async with engine.begin() as connection:
    await connection.run_sync(Base.metadata.drop_all)
    await connection.run_sync(Base.metadata.create_all)
async with Session.begin() as session:
    session.add_all([User(id=1, name="Ann", balance=10), User(id=2, name="Bob")])


async def count() -> int:
    """Return how many users another session can see."""
    async with Session() as other:
        return await other.scalar(select(func.count()).select_from(User))


log: list[str] = []


@event.listens_for(engine.sync_engine, "commit")
def note_commit(connection):
    """Write down that the database is told to commit."""
    log.append("commit")


@event.listens_for(engine.sync_engine, "rollback")
def note_rollback(connection):
    """Write down that the database is told to roll back."""
    log.append("rollback")
