"""A user with two posts, and a FastAPI app with the models of a reply that shows both."""

from fastapi import Depends, FastAPI
from httpx2 import ASGITransport, AsyncClient
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
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
    """A user and the posts of that user."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    posts: Mapped[list["Post"]] = relationship()


class Post(Base):
    """A post of one user."""

    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


class PostOut(BaseModel):
    """A post as the reply shows it."""

    model_config = ConfigDict(from_attributes=True)

    title: str


class UserOut(BaseModel):
    """A user as the reply shows it, posts included."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    posts: list[PostOut]


engine = create_async_engine("sqlite+aiosqlite:///posts.db")
Session = async_sessionmaker(engine)

async with engine.begin() as connection:
    await connection.run_sync(Base.metadata.drop_all)
    await connection.run_sync(Base.metadata.create_all)
async with Session.begin() as session:
    posts = [Post(title="Sun"), Post(title="Moon")]
    session.add(User(id=1, name="Ann", posts=posts))


async def get_db():
    """Give a handler a session of its own."""
    async with Session() as db:
        yield db


app = FastAPI()
client = AsyncClient(
    transport=ASGITransport(app, raise_app_exceptions=False),
    base_url="http://test",
)
