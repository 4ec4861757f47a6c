"""Answers on PostgreSQL, of the baseline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tests.bench.answering import answer_all, rate, view_baseline, warm
from tests.bench.plan import Bench
from tests.bench.results import Result, ratios

TITLE = "PostgreSQL"


def measure(bench: Bench) -> Iterator[Result]:
    """Let baseline and ours run by turns, on the database of `--postgres`, which must be empty."""
    many = bench.sizes.connections
    what = f"answer at {many} connections on PostgreSQL ÷ baseline"
    if not bench.postgres:
        yield Result("7", what, (), must=0.28, stretch=0.4, note="give --postgres URL")
        return
    school = replace(bench.school("postgres"), database_url=bench.postgres)
    baseline, ours = [], []
    with warm(bench, school) as server, school.baseline() as bare:
        for _ in range(bench.sizes.rounds):
            cards = bench.cards(school, server, many)
            baseline.append(rate(view_baseline(bench, school, bare, many)))
            ours.append(rate(answer_all(bench, school, server, cards)))
    yield Result("7", what, ratios(ours, baseline), must=0.28, stretch=0.4)
    yield Result("7", "answers on PostgreSQL", ours, " /s")
