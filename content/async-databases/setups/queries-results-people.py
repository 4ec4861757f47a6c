"""Three users, two of them with one address, and a list of the SELECTs that are sent."""

from sqlalchemy import event, func, insert, select, update
from sqlalchemy.exc import (
    MultipleResultsFound,
    NoResultFound,
    SQLAlchemyError,
)
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The base of every mapped class in this program."""


class User(Base):
    """A user with an address, which the table does not keep unique."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]
    balance: Mapped[int] = mapped_column(default=0)


engine = create_async_engine("sqlite+aiosqlite:///people.db")
Session = async_sessionmaker(engine)

async with engine.begin() as connection:
    await connection.run_sync(Base.metadata.drop_all)
    await connection.run_sync(Base.metadata.create_all)
async with Session.begin() as session:
    session.add_all(
        [
            User(id=1, name="Ann", email="ann@a.org", balance=10),
            User(id=2, name="Bob", email="bob@b.org"),
            User(id=3, name="Rob", email="bob@b.org"),
        ]
    )

sent: list[str] = []


@event.listens_for(engine.sync_engine, "before_cursor_execute")
def note_select(conn, cursor, statement, *rest):
    """Remember every SELECT that reaches the database."""
    if statement.startswith("SELECT"):
        sent.append(statement)
