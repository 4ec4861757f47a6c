"""A crowd that thinks between answers, with server and clients on the same cores."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench import machine
from tests.bench.answering import VERDICT, arena
from tests.bench.learners import answers_and_ways_on
from tests.bench.plan import Bench
from tests.bench.processes import load
from tests.bench.results import Result, quantile

TITLE = "a crowd"


def measure(bench: Bench) -> Iterator[Result]:
    """Let everybody answer, go on, and think."""
    sizes, place = bench.sizes, arena(bench)
    everybody = bench.cards(place.school, place.ours, sizes.crowd, share=0.01)
    measured = load(
        place.ours,
        [answers_and_ways_on(place.school.pack, own) for own in everybody],
        cores=machine.all_cores(),
        seconds=sizes.crowd_s,
        warm_up_s=sizes.think_s[1],
        expect=VERDICT,
        think=sizes.think_s,
    )
    late = measured.latencies_ms
    what = f"{sizes.crowd} learners who think: answer"
    p99 = [quantile(late, 0.99)] if late else []
    yield Result("9", f"{what}, p99", p99, " ms", must=250, stretch=100, more=False)
    yield Result("9", f"{what}, median", [quantile(late, 0.5)] if late else [], " ms")
    yield Result("9", "answers", [len(late) / measured.seconds], " /s")
