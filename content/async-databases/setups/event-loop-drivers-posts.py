"""Two users with posts behind a synchronous engine, and `in_loop`: SELECTs sent from the loop's thread."""

import asyncio
import threading

from sqlalchemy import ForeignKey, create_engine, event, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    mapped_column,
    relationship,
    sessionmaker,
)


class Base(DeclarativeBase):
    """The base of every mapped class in this program."""


class User(Base):
    """A user with posts that load on demand."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    posts: Mapped[list["Post"]] = relationship()


class Post(Base):
    """A post of one user."""

    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


engine = create_engine(
    "sqlite:///posts.db", connect_args={"check_same_thread": False}
)
SyncSession = sessionmaker(engine)
Base.metadata.drop_all(engine)
Base.metadata.create_all(engine)
with SyncSession.begin() as session:
    session.add_all([User(id=1, name="Ann", posts=[Post()]), User(id=2, name="Bob")])

loop_thread = threading.get_ident()
in_loop: list[str] = []


@event.listens_for(engine, "before_cursor_execute")
def note_thread(conn, cursor, statement, *rest):
    """Remember the SELECTs for which the event loop had to wait."""
    if statement.startswith("SELECT") and threading.get_ident() == loop_thread:
        in_loop.append(statement)
