"""Answers at 64 connections, of the baseline and of the naive handler."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.answering import answer_all, answer_naively, arena, rate, view_baseline
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
            baseline.append(rate(view_baseline(bench, school, place.baseline, many)))
            ours.append(rate(answer_all(bench, school, place.ours, cards)))
            naive.append(rate(answer_naively(bench, school, plain, many)))
    at = f"at {many} connections"
    yield Result("1", f"answer {at} ÷ baseline", ratios(ours, baseline), must=0.3, stretch=0.45)
    yield Result("1", "answer ÷ naive handler", ratios(ours, naive), must=8, stretch=12)
    yield Result("1", "answers", ours, unit=" /s")
    yield Result("1", "baseline, the same card from memory", baseline, unit=" /s")
    yield Result("1", "naive handler", naive, unit=" /s")
