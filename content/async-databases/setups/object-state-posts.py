"""Two users with posts, and a list of the SELECT statements that the program sends."""

from sqlalchemy import ForeignKey, event, func, inspect, select, text, update
from sqlalchemy.ext.asyncio import (
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    mapped_column,
    relationship,
    selectinload,
)


class Base(DeclarativeBase):
    """The base of every mapped class in this program."""


class User(Base):
    """A user with a unique name, a balance and posts that load on demand."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    balance: Mapped[int] = mapped_column(default=0)
    posts: Mapped[list["Post"]] = relationship()


class Post(Base):
    """A post of one user."""

    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    title: Mapped[str]


engine = create_async_engine("sqlite+aiosqlite:///posts.db")
Session = async_sessionmaker(engine)

async with engine.begin() as connection:
    await connection.run_sync(Base.metadata.drop_all)
    await connection.run_sync(Base.metadata.create_all)
async with Session.begin() as session:
    session.add_all([User(id=1, name="Ann", balance=10), User(id=2, name="Bob")])
async with Session.begin() as session:
    session.add_all([Post(id=1, user_id=1, title="Hello")])

selects: list[str] = []


@event.listens_for(engine.sync_engine, "before_cursor_execute")
def note_select(conn, cursor, statement, *rest):
    """Remember every SELECT that reaches the database."""
    if statement.startswith("SELECT"):
        selects.append(statement)


def readable(thing, name: str) -> bool:
    """Say whether a plain attribute read works."""
    try:
        getattr(thing, name)
    except Exception:
        return False
    return True
