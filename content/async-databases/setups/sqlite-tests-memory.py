"""Two users in a memory database, `create` and `tables` for any engine, and a session that read them."""

from sqlalchemy import func, inspect, select
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.pool import NullPool, StaticPool

MEMORY = "sqlite+aiosqlite:///:memory:"
FILE = "sqlite+aiosqlite:///test.db"


class Base(DeclarativeBase):
    """The base of every mapped class in this program."""


class User(Base):
    """A user with a unique name."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


def count_tables(connection) -> int:
    """Return how many tables a connection sees."""
    return len(inspect(connection).get_table_names())


async def create(engine: AsyncEngine) -> None:
    """Create the tables that are missing."""
    async with engine.begin() as writing:
        await writing.run_sync(Base.metadata.create_all)


async def tables(engine: AsyncEngine) -> int:
    """Connect, and return how many tables there are."""
    async with engine.connect() as connection:
        return await connection.run_sync(count_tables)


total = select(func.count()).select_from(User)

engine = create_async_engine(MEMORY)
Session = async_sessionmaker(engine)

async with engine.begin() as connection:
    await connection.run_sync(Base.metadata.drop_all)
    await connection.run_sync(Base.metadata.create_all)
session = Session()
session.add_all([User(name="Ann"), User(name="Bob")])
await session.commit()


async def count() -> int:
    """Return how many users a new session sees."""
    async with Session() as other:
        return await other.scalar(total)
