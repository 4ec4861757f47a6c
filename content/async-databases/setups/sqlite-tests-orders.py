"""Users and their orders, and no engine yet."""

from sqlalchemy import ForeignKey, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

FILE = "sqlite+aiosqlite:///test.db"
PRAGMA = "PRAGMA foreign_keys = ON"


class Base(DeclarativeBase):
    """The base of every mapped class in this program."""


class User(Base):
    """A user."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)


class Order(Base):
    """An order of a user."""

    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


def enforce(connection, record):
    """Switch the check of foreign keys on, for one connection of the driver."""
    connection.execute(PRAGMA)
