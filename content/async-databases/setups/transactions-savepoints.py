"""Two users, and SQLite told to send a real BEGIN, so that savepoints work as on PostgreSQL."""

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


@event.listens_for(engine.sync_engine, "connect")
def leave_begin_to_us(dbapi_connection: object, _record: object) -> None:
    """Keep the driver from beginning transactions late, at the first write."""
    dbapi_connection.isolation_level = None


@event.listens_for(engine.sync_engine, "begin")
def send_begin(connection: object) -> None:
    """Begin when SQLAlchemy says so, before any savepoint."""
    connection.exec_driver_sql("BEGIN")



async with engine.begin() as connection:
    await connection.run_sync(Base.metadata.drop_all)
    await connection.run_sync(Base.metadata.create_all)
async with Session.begin() as session:
    session.add_all([User(id=1, name="Ann", balance=10), User(id=2, name="Bob")])


async def count() -> int:
    """Return how many users another session can see."""
    async with Session() as other:
        return await other.scalar(select(func.count()).select_from(User))
