"""How large a run is, and where its files lie."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.bench import learners, machine
from tests.bench.learners import Card
from tests.bench.log import fill_log
from tests.bench.pack import A_TOPIC, PACK, write_pack
from tests.bench.processes import Server
from tests.bench.school import School


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything. `rate` is the most answers a second that cards are laid out for."""

    rounds: int = 5
    seconds: float = 2.0
    warm_up_s: float = 0.3
    topics: int = 8
    connections: int = 64
    some: int = 16
    many: int = 256
    rate: int = 1500
    log: int = 1_000_000
    small_log: int = 1_000
    a_learner: int = 1_000
    pages: int = 60
    exported: int = 100_000
    published: int = 10_000
    crowd: int = 500
    crowd_s: float = 20.0
    think_s: tuple[float, float] = (3.0, 7.0)


TINY = Sizes(
    rounds=1,
    seconds=0.2,
    warm_up_s=0.0,
    topics=1,
    connections=2,
    some=1,
    many=3,
    rate=100,
    log=400,
    small_log=20,
    a_learner=20,
    pages=3,
    exported=400,
    published=40,
    crowd=3,
    crowd_s=0.2,
    think_s=(0.0, 0.01),
)
"""Sizes that measure nothing: they show that the program works."""


@dataclass(frozen=True, eq=False)
class Bench:
    """A run of the program; `say` tells what it is at, `postgres` is a URL or "".

    What goals share is closed with `stack`, at the end.
    """

    folder: Path
    sizes: Sizes
    say: Callable[[str], None]
    stack: ExitStack
    postgres: str = ""

    def school(self, name: str, *, topics: int | None = None) -> School:
        """Return a new folder with a pack of some topics."""
        folder = self.folder / name
        write_pack(folder / "content" / PACK, topics or self.sizes.topics)
        return School(folder / "data", folder / "content", machine.cores())

    def filled(self, attempts: int) -> School:
        """Return a published pack with so many attempts in its log, made once a run."""
        name = f"log-{attempts}"
        if (self.folder / name).exists():
            return School(
                self.folder / name / "data", self.folder / name / "content", machine.cores()
            )
        school = self.school(name)
        school.publish()
        self.say(f"filling a log of {attempts:,} attempts")
        fill_log(school, attempts, a_learner=min(attempts, self.sizes.a_learner))
        return school

    def cards(self, school: School, server: Server, connections: int, share: float = 1.0) -> Cards:
        """Return a list of fresh cards for each connection, enough for one measurement."""
        sizes = self.sizes
        wanted = sizes.rate * share * (sizes.seconds + sizes.warm_up_s) / connections
        rounds = max(1, round(wanted / A_TOPIC + 0.5))
        each = -(-rounds // sizes.topics)
        topics = -(-rounds // each)
        made = learners.start_rounds(server, school.url, learners=connections * each, topics=topics)
        return list(learners.dealt(made, connections))


Cards = list[list[Card]]
