"""Answers and cards per second, as goals 1 to 3 and 7 measure them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.bench import learners
from tests.bench.client import Measured, Step
from tests.bench.naive import naive_steps
from tests.bench.plan import Bench, Cards
from tests.bench.processes import Server, load
from tests.bench.school import School
from tests.bench.wire import get

VERDICT = 'id="verdict"'
CARD = 'id="check"'
BY_CPU = "by CPU"
"""How a ratio is called that compares what the servers used, not how many requests they took."""


@dataclass(frozen=True, slots=True)
class Arena:
    """A school with the servers that take turns."""

    school: School
    ours: Server
    baseline: Server


@cache
def arena(bench: Bench) -> Arena:
    """Return the arena that the goals of a run share; it is closed at the run's end."""
    school = bench.school("arena")
    server = bench.stack.enter_context(warm(bench, school))
    return Arena(school, server, bench.stack.enter_context(school.baseline()))


def answer_all(bench: Bench, school: School, server: Server, cards: Cards) -> Measured:
    """Let each connection answer its cards, one after the other."""
    return _load(bench, school, server, _answers(school.pack, cards), expect=VERDICT)


def view_all(bench: Bench, school: School, server: Server, cards: Cards) -> Measured:
    """Let each connection ask for its cards, again and again."""
    views = [learners.views(own) for own in cards]
    return _load(bench, school, server, views, expect=CARD, again=True)


def view_baseline(bench: Bench, school: School, server: Server, connections: int) -> Measured:
    """Let each connection ask for the baseline's card."""
    steps: list[list[Step]] = [[(True, get("/", **learners.HTMX))]] * connections
    return _load(bench, school, server, steps, expect=CARD, again=True)


def answer_naively(bench: Bench, school: School, server: Server, connections: int) -> Measured:
    """Let each connection answer all questions, again and again, by the naive handler."""
    steps = [naive_steps(school.pack, n) for n in range(connections)]
    return _load(bench, school, server, steps, expect=VERDICT, again=True)


def rate(measured: Measured) -> float:
    """Return requests a second."""
    return len(measured.latencies_ms) / measured.seconds


def cpu_ms(measured: Measured) -> float:
    """Return the milliseconds of CPU that the server used for a request: neighbours matter less."""
    return measured.cpu_s * 1000 / measured.responses


@contextmanager
def warm(bench: Bench, school: School) -> Iterator[Server]:
    """Run `quiz serve` with every text of the pack rendered once."""
    with school.ours() as server:
        made = learners.start_rounds(server, school.url, learners=1, topics=bench.sizes.topics)
        steps = learners.answers_and_ways_on(school.pack, made[0])
        load(server, [steps], cores=school.cores.client, seconds=60, expect=VERDICT)
        yield server


def _answers(pack: Path, cards: Cards) -> list[list[Step]]:
    return [learners.answers(pack, own) for own in cards]


def _load(
    bench: Bench,
    school: School,
    server: Server,
    steps: list[list[Step]],
    *,
    expect: str,
    again: bool = False,
) -> Measured:
    return load(
        server,
        steps,
        cores=school.cores.client,
        seconds=bench.sizes.seconds,
        warm_up_s=bench.sizes.warm_up_s,
        expect=expect,
        again=again,
    )
