"""Answers on PostgreSQL, of the baseline."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec

from quiz.packs.running.postgresql import find_binaries, temporary_server
from tests.bench.answering import BY_CPU, answer_all, cpu_ms, rate, view_baseline, warm
from tests.bench.plan import Bench
from tests.bench.results import Result, ratios

TITLE = "PostgreSQL"

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
"""What a server for learners has, and one for an hour does not."""


def measure(bench: Bench) -> Iterator[Result]:
    """Let baseline and ours run by turns, on an empty database."""
    what = f"answer at {bench.sizes.connections} connections on PostgreSQL ÷ baseline"
    with _database(bench) as url:
        if url:
            yield from _measure(bench, url, what)
        else:
            note = "no asyncpg or no PostgreSQL here"
            yield Result("7", what, (), must=0.28, stretch=0.4, note=note)
    note = "wants three cores, by hand"
    yield Result("7", "two workers ÷ one", (), must=1.6, note=note)


def _measure(bench: Bench, url: str, what: str) -> Iterator[Result]:
    many = bench.sizes.connections
    school = replace(bench.school("postgres"), database_url=url)
    baseline, ours = [], []
    with warm(bench, school) as server, school.baseline() as bare:
        for _ in range(bench.sizes.rounds):
            cards = bench.cards(school, server, many)
            baseline.append(view_baseline(bench, school, bare, many))
            ours.append(answer_all(bench, school, server, cards))
    rates = [[rate(measured) for measured in runs] for runs in (ours, baseline)]
    spent = [[cpu_ms(measured) for measured in runs] for runs in (ours, baseline)]
    yield Result("7", what, ratios(*rates), must=0.28, stretch=0.4)
    yield Result("7", f"{what}, {BY_CPU}", ratios(spent[1], spent[0]), "", 0.28, 0.4)
    yield Result("7", "answer on PostgreSQL", rates[0], " /s")
    yield Result("7", "answer on PostgreSQL: CPU of our server", spent[0], " ms")


@contextmanager
def _database(bench: Bench) -> Iterator[str]:
    """Return the URL that was named, else that of a server of our own, "" where there is none."""
    if bench.postgres or not find_spec("asyncpg") or find_binaries() is None:
        yield bench.postgres
        return
    with temporary_server(DURABLE) as server:
        yield server.create("bench")
