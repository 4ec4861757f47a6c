"""Three users, four posts of theirs and one of nobody, and a list of the SELECTs that are sent."""

from sqlalchemy import ForeignKey, event, select
from sqlalchemy.exc import InvalidRequestError, SQLAlchemyError
from sqlalchemy.ext.asyncio import (
    AsyncAttrs,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    contains_eager,
    joinedload,
    mapped_column,
    raiseload,
    relationship,
    selectinload,
)


class Base(AsyncAttrs, DeclarativeBase):
    """The base of every mapped class in this program, with `awaitable_attrs`."""


class User(Base):
    """A user and the posts of that user."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    posts: Mapped[list["Post"]] = relationship(back_populates="author")


class Post(Base):
    """A post, which may have an author."""

    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    author: Mapped[User | None] = relationship(back_populates="posts")


engine = create_async_engine("sqlite+aiosqlite:///posts.db")
Session = async_sessionmaker(engine)

async with engine.begin() as connection:
    await connection.run_sync(Base.metadata.drop_all)
    await connection.run_sync(Base.metadata.create_all)
async with Session.begin() as session:
    session.add_all(
        [User(id=1, name="Ann"), User(id=2, name="Bob"), User(id=3, name="Cy")]
    )
async with Session.begin() as session:
    session.add_all(
        [
            Post(id=1, title="Sun", author_id=1),
            Post(id=2, title="Moon", author_id=1),
            Post(id=3, title="Rain", author_id=1),
            Post(id=4, title="Sun", author_id=2),
            Post(id=5, title="Wind"),
        ]
    )

sent: list[str] = []


@event.listens_for(engine.sync_engine, "before_cursor_execute")
def note_select(conn, cursor, statement, *rest):
    """Remember every SELECT that reaches the database."""
    if statement.startswith("SELECT"):
        sent.append(statement)
