"""Cards at 64 connections, of the baseline."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.answering import BY_CPU, arena, cpu_ms, rate, view_all, view_baseline
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
        baseline.append(view_baseline(bench, school, place.baseline, many))
        ours.append(view_all(bench, school, place.ours, cards))
    rates = [[rate(measured) for measured in runs] for runs in (ours, baseline)]
    spent = [[cpu_ms(measured) for measured in runs] for runs in (ours, baseline)]
    yield Result("2", "card GET ÷ baseline", ratios(*rates), must=0.4, stretch=0.7)
    yield Result("2", f"card GET ÷ baseline, {BY_CPU}", ratios(spent[1], spent[0]), "", 0.4, 0.7)
    yield Result("2", "card GET", rates[0], " /s")
    yield Result("2", "card GET: CPU of the server", spent[0], " ms")
