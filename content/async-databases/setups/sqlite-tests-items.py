"""Items in a SQLite file: a short code, a weight, and a maker that should exist."""

from sqlalchemy import ForeignKey, String, insert
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The base of every mapped class in this program."""


class Maker(Base):
    """Who makes items."""

    __tablename__ = "makers"

    id: Mapped[int] = mapped_column(primary_key=True)


class Item(Base):
    """An item; all its columns but the id may be left empty."""

    __tablename__ = "items"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str | None] = mapped_column(String(3), unique=True)
    weight: Mapped[int | None]
    maker_id: Mapped[int | None] = mapped_column(ForeignKey("makers.id"))


engine = create_async_engine("sqlite+aiosqlite:///test.db")
add = insert(Item)

async with engine.begin() as connection:
    await connection.run_sync(Base.metadata.drop_all)
    await connection.run_sync(Base.metadata.create_all)
