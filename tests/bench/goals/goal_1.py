"""Answers at 64 connections, of the baseline and of the naive handler."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.answering import (
    BY_CPU,
    answer_all,
    answer_naively,
    arena,
    cpu_ms,
    rate,
    view_baseline,
)
from tests.bench.plan import Bench
from tests.bench.results import Result, ratios

TITLE = "answers"


def measure(bench: Bench) -> Iterator[Result]:
    """Let baseline, ours and the naive handler run by turns."""
    many, place = bench.sizes.connections, arena(bench)
    school = place.school
    baseline, ours, naive = [], [], []
    with school.naive(many) as plain:
        for _ in range(bench.sizes.rounds):
            cards = bench.cards(school, place.ours, many)
            baseline.append(view_baseline(bench, school, place.baseline, many))
            ours.append(answer_all(bench, school, place.ours, cards))
            naive.append(answer_naively(bench, school, plain, many))
    at = f"at {many} connections"
    rates = [[rate(measured) for measured in runs] for runs in (ours, baseline, naive)]
    yield Result("1", f"answer {at} ÷ baseline", ratios(rates[0], rates[1]), "", 0.3, 0.45)
    yield Result("1", "answer ÷ naive handler", ratios(rates[0], rates[2]), "", 8, 12)
    spent = [[cpu_ms(measured) for measured in runs] for runs in (ours, baseline, naive)]
    yield Result(
        "1", f"answer {at} ÷ baseline, {BY_CPU}", ratios(spent[1], spent[0]), "", 0.3, 0.45
    )
    yield Result("1", f"answer ÷ naive handler, {BY_CPU}", ratios(spent[2], spent[0]), "", 8, 12)
    names = ("answer", "baseline, the same card from memory", "naive handler")
    for name, per_second, ms in zip(names, rates, spent, strict=True):
        yield Result("1", name, per_second, " /s")
        yield Result("1", f"{name}: CPU of the server", ms, " ms")
