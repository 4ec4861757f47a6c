"""The naive handler: what one writes first, and what the goals are multiples of.

It reads learner, question, options and progress as objects, adds the attempt, changes the
progress, commits, and renders the verdict. One connection, as SQLite has one writer; durable like
ours. Its few tables are its own, so that the yardstick stays as it is when the app changes. No
middleware, no rounds, no memories, no schedule.
"""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ForeignKey, event, select
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from quiz.core.questions import Question as Read
from quiz.core.ticking import ReviewedOption
from quiz.core.views import CardPage, Verdict
from quiz.kinds.single import Single
from quiz.web.templates import environment
from tests.bench.baseline import ADDRESSES, card, serve
from tests.bench.client import Step
from tests.bench.learners import HTMX, questions
from tests.bench.wire import post


class Base(DeclarativeBase):
    """The tables of the naive handler."""


class Learner(Base):
    __tablename__ = "learners"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)


class Question(Base):
    __tablename__ = "questions"
    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[int]
    stem: Mapped[str]
    explanation: Mapped[str]
    options: Mapped[list[Option]] = relationship()


class Option(Base):
    __tablename__ = "options"
    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), index=True)
    text: Mapped[str]
    right: Mapped[bool]


class Progress(Base):
    __tablename__ = "progress"
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id"), primary_key=True)
    topic: Mapped[int] = mapped_column(primary_key=True)
    answered: Mapped[int]
    right: Mapped[int]


class Attempt(Base):
    __tablename__ = "attempts"
    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), index=True)
    option_id: Mapped[int]
    score: Mapped[float]
    answered_at: Mapped[datetime]


def naive_app(url: str, pack: Path, learners: int) -> Starlette:
    """Return the app over a new database with the pack's questions and some learners."""
    engine = _engine(url)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    template = environment().get_template("pages/card.html")
    shown = card(pack)
    values = {"url_for": lambda name, **params: ADDRESSES[name].format(**params)}

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None, None]:
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        async with sessions.begin() as session:
            session.add_all(Learner(id=n + 1, token=f"t-{n}") for n in range(learners))
            session.add_all(_row(n, found) for n, found in enumerate(questions(pack).values()))
        yield
        await engine.dispose()

    async def home(request: Request) -> Response:
        return HTMLResponse("ready")

    async def answer(request: Request) -> Response:
        async with request.form() as form:
            choice = int(str(form["choice"]))
        token, question_id = request.cookies["sid"], request.path_params["question"]
        async with sessions() as session:
            page = await _answer(session, token, question_id, choice, shown)
            await session.commit()
        context = template.new_context({"page": page, **values})
        return HTMLResponse("".join(template.blocks["card"](context)))

    routes = [Route("/", home), Route("/answers/{question:int}", answer, methods=["POST"])]
    return Starlette(routes=routes, lifespan=lifespan)


def naive_steps(pack: Path, learner: int) -> list[Step]:
    """Return the answers of a learner, one to each question."""
    count = len(questions(pack))
    forms = [(n, f"choice={4 * n + n % 2 + 1}") for n in range(count)]
    return [(True, post(f"/answers/{n}", form, f"t-{learner}", **HTMX)) for n, form in forms]


def _row(n: int, found: Read) -> Question:
    body = found.wording.body
    assert isinstance(body, Single)
    options = [
        Option(id=4 * n + k, text=option.text, right=option.right)
        for k, option in enumerate(body.options, 1)
    ]
    told = found.commentary.explanation
    return Question(id=n, topic=n // 20, stem=found.wording.stem, explanation=told, options=options)


async def _answer(
    session: AsyncSession, token: str, question_id: int, choice: int, shown: CardPage
) -> CardPage:
    learner = (await session.scalars(select(Learner).where(Learner.token == token))).one()
    query = select(Question).where(Question.id == question_id)
    question = (await session.scalars(query.options(selectinload(Question.options)))).one()
    progress = await session.get(Progress, (learner.id, question.topic))
    if progress is None:
        progress = Progress(learner_id=learner.id, topic=question.topic, answered=0, right=0)
        session.add(progress)
    right = next(option.right for option in question.options if option.id == choice)
    progress.answered += 1
    progress.right += int(right)
    session.add(
        Attempt(
            learner_id=learner.id,
            question_id=question.id,
            option_id=choice,
            score=float(right),
            answered_at=datetime.now(UTC),  # noqa: TID251 - nothing here is tested by a fixed clock
        )
    )
    return _verdict(shown, question, choice, right=right)


def _verdict(shown: CardPage, question: Question, choice: int, *, right: bool) -> CardPage:
    options = tuple(
        ReviewedOption(str(option.id), option.text, option.right, option.id == choice)
        for option in question.options
    )
    verdict = Verdict(
        outcome="right" if right else "wrong",
        score=float(right),
        title="",
        review=options,
        remarks={},
        beliefs=(),
        explanation=question.explanation,
        source="",
        hints=0,
    )
    return replace(shown, state="answered", stem=question.stem, verdict=verdict, view=None)


def _engine(url: str) -> AsyncEngine:
    engine = create_async_engine(url, pool_size=1, max_overflow=0)

    @event.listens_for(engine.sync_engine, "connect")
    def _durable(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in ("busy_timeout=15000", "journal_mode=WAL", "synchronous=FULL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


if __name__ == "__main__":
    address, count = os.environ["NAIVE_DATABASE_URL"], int(os.environ["LEARNERS"])
    serve(naive_app(address, Path(os.environ["PACK"]), count))
