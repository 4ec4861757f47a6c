"""One lonely answer, and answers of many at once."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from tests.bench.answering import answer_all, arena, rate
from tests.bench.plan import Bench
from tests.bench.results import Result, quantile, ratios

TITLE = "one and many"


def measure(bench: Bench) -> Iterator[Result]:
    """Let 1, 16 and 256 connections answer by turns."""
    sizes, place = bench.sizes, arena(bench)
    school, server = place.school, place.ours
    lonely, some, many, late = [], [], [], []
    for _ in range(sizes.rounds):
        dealt = [bench.cards(school, server, n) for n in (1, sizes.some, sizes.many)]
        one, few, crowd = (answer_all(bench, school, server, cards) for cards in dealt)
        lonely.append(median(one.latencies_ms))
        some.append(rate(few))
        many.append(rate(crowd))
        late.append(quantile(crowd.latencies_ms, 0.99))
    what = f"answers at {sizes.many} connections"
    yield Result("3", "lonely answer, median", lonely, " ms", must=4, stretch=1.5, more=False)
    yield Result("3", f"{what} ÷ at {sizes.some}", ratios(many, some), must=0.8, stretch=1.0)
    yield Result("3", f"{what}, p99", late, " ms", must=1000, more=False)
    yield Result("3", f"answers at {sizes.some} connections", some, " /s")
    yield Result("3", what, many, " /s")
