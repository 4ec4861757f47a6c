"""Two users with balances in a fresh SQLite file; no statement is imported."""

from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The base of every mapped class in this program."""


class User(Base):
    """A user with a unique name and a balance."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    balance: Mapped[int] = mapped_column(default=0)


engine = create_async_engine("sqlite+aiosqlite:///balances.db")
Session = async_sessionmaker(engine)

async with engine.begin() as connection:
    await connection.run_sync(Base.metadata.drop_all)
    await connection.run_sync(Base.metadata.create_all)
async with Session.begin() as session:
    session.add_all([User(id=1, name="Ann", balance=10), User(id=2, name="Bob")])
