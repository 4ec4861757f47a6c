"""Cards at 64 connections, of the baseline."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.answering import arena, rate, view_all, view_baseline
from tests.bench.plan import Bench
from tests.bench.results import Result, ratios

TITLE = "cards"


def measure(bench: Bench) -> Iterator[Result]:
    """Let baseline and ours run by turns, each asked for the card in place as htmx does."""
    many, place = bench.sizes.connections, arena(bench)
    school = place.school
    baseline, ours = [], []
    cards = bench.cards(school, place.ours, many, share=0.1)
    for _ in range(bench.sizes.rounds):
        baseline.append(rate(view_baseline(bench, school, place.baseline, many)))
        ours.append(rate(view_all(bench, school, place.ours, cards)))
    yield Result("2", "card GET ÷ baseline", ratios(ours, baseline), must=0.4, stretch=0.7)
    yield Result("2", "card GETs", ours, unit=" /s")
