"""Two users, a FastAPI app with a client, and `log`: commit, rollback and reply, in order."""

from fastapi import Depends, FastAPI, HTTPException
from fastapi.responses import JSONResponse, StreamingResponse
from httpx2 import ASGITransport, AsyncClient
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


class Visit(Base):
    """A visit that was made, whatever came of it."""

    __tablename__ = "visits"

    id: Mapped[int] = mapped_column(primary_key=True)


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


app = FastAPI()


async def served(scope, receive, send):
    """Serve the app and write down when the status of a reply goes out."""

    async def noting(message):
        if message["type"] == "http.response.start":
            log.append("reply")
        await send(message)

    await app(scope, receive, noting)


client = AsyncClient(
    transport=ASGITransport(served, raise_app_exceptions=False),
    base_url="http://test",
)
