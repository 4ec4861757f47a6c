"""What the app's own statements cost: milliseconds through SQLAlchemy, and of the server's CPU."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import TypeVar

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.attempts import Attempt
from quiz.practice.desk import Desk
from quiz.practice.pages import home, progress
from quiz.storage import log as entries
from quiz.storage.attempts import latest_by_question
from quiz.storage.candidates import candidates
from quiz.storage.engine import Database
from quiz.storage.recorder import Recorder
from quiz.storage.rounds import card_of_round, cards_of_round
from tests.bench import machine
from tests.bench.scale_log import A_ROUND, FIRST, NOW, PACK, Log, digest, public_id

BATCH = 32
"""Answers of different learners that the recorder stores together."""

PAGE = 1000

T = TypeVar("T")
Store = Callable[[AsyncSession, Sequence[Attempt]], Awaitable[list[Attempt]]]


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians of one act; `cpu_ms` is the mean, as the kernel counts it in ticks of 10 ms."""

    ms: float
    cpu_ms: float


async def reads(db: Database, log: Log, calls: int) -> Mapping[str, Cost]:
    """Measure what learners and exports read, each act for other rows every time."""
    desk, chance = Desk(db, Recorder(db.writing), str), random.Random(1)
    asked = [chance.randint(1, log.rounds) for _ in range(calls)]
    learners = [log.learner_of(round_id) for round_id in asked]
    span = NOW - timedelta(days=2) - FIRST
    places = [(FIRST + span * chance.random(), 0) for _ in range(max(3, calls // 10))]
    async with db.reading() as session:
        last = await entries.last_id(session)

    async def card(round_id: int) -> object:
        async with db.reading() as session:
            mine = digest(log.learner_of(round_id))
            position = chance.randint(1, A_ROUND)
            return await card_of_round(session, public_id(round_id), position, digest=mine)

    async def whole(round_id: int) -> object:
        async with db.reading() as session:
            mine = digest(log.learner_of(round_id))
            return await cards_of_round(session, public_id(round_id), digest=mine)

    async def latest(learner_id: int) -> object:
        async with db.reading() as session:
            return await latest_by_question(session, learner_id, PACK)

    async def start(learner_id: int) -> object:
        async with db.reading() as session:
            return await candidates(session, PACK, None, learner_id=learner_id)

    async def page(place: tuple[datetime, int]) -> object:
        async with db.reading() as session:
            return (await entries.page_after(session, place, last=last, limit=PAGE))()

    async def end(_: int) -> object:
        async with db.reading() as session:
            return await entries.last_id(session)

    return {
        "a card": await _cost(db, card, asked),
        "a whole round": await _cost(db, whole, asked),
        "home": await _cost(db, lambda n: home(desk, digest(n), now=NOW), learners),
        "progress": await _cost(db, lambda n: progress(desk, digest(n), now=NOW), learners),
        "latest answers in a pack": await _cost(db, latest, learners),
        "candidates for a round": await _cost(db, start, learners),
        f"a page of an export, {PAGE:,} rows": await _cost(db, page, places),
        "the end of an export": await _cost(db, end, asked),
    }


async def records(db: Database, log: Log, store: Store, calls: int) -> Mapping[str, Cost]:
    """Measure answers stored into open rounds, durably: in batches, and alone."""
    half = A_ROUND // 2
    batches = list(_batches(log, range(1, half), min(BATCH, log.open)))[:calls]
    lonely = list(_batches(log, range(half, A_ROUND + 1), 1))[:calls]

    async def batch(attempts: Sequence[Attempt]) -> None:
        async with db.writing.begin() as session:
            stored = await store(session, attempts)
        assert len(stored) == len(attempts)

    return {
        f"{BATCH} answers stored": await _cost(db, batch, batches),
        "1 answer stored": await _cost(db, batch, lonely),
    }


def _batches(log: Log, positions: Iterable[int], size: int) -> Iterator[list[Attempt]]:
    rounds = range(log.rounds + 1, log.rounds + log.open + 1)
    for position in positions:
        for first in range(0, log.open - size + 1, size):
            yield [log.answer(round_id, position) for round_id in rounds[first : first + size]]


async def _cost(db: Database, act: Callable[[T], Awaitable[object]], given: Iterable[T]) -> Cost:
    first, *others = given
    await act(first)  # prepares the statements of the connection that serves us all the time
    async with db.reading() as session:
        pid = await session.scalar(text("SELECT pg_backend_pid()"))
    assert isinstance(pid, int)
    before, times = machine.cpu_s(pid), []
    for each in others:
        start = time.perf_counter()
        await act(each)
        times.append((time.perf_counter() - start) * 1000)
    return Cost(median(times), (machine.cpu_s(pid) - before) * 1000 / len(times))
