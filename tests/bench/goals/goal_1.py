"""Answers at 64 connections, of the baseline and of the naive handler."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.answering import answer_all, answer_naively, arena, cpu_ms, rate, view_baseline
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
    named = ("answer", ours), ("baseline, the same card from memory", baseline), ("naive", naive)
    for (name, runs), values in zip(named, rates, strict=True):
        yield Result("1", name, values, " /s")
        yield Result("1", f"{name}: CPU of the server", [cpu_ms(run) for run in runs], " ms")
