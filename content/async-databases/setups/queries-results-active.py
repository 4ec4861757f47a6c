"""Three users: Ann is active, Bob is not, and of Cy nobody knows."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The base of every mapped class in this program."""


class User(Base):
    """A user who is active, is not, or may be either."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    active: Mapped[bool | None]


engine = create_async_engine("sqlite+aiosqlite:///active.db")
Session = async_sessionmaker(engine)

async with engine.begin() as connection:
    await connection.run_sync(Base.metadata.drop_all)
    await connection.run_sync(Base.metadata.create_all)
async with Session.begin() as session:
    session.add_all(
        [
            User(id=1, name="Ann", active=True),
            User(id=2, name="Bob", active=False),
            User(id=3, name="Cy"),
        ]
    )
