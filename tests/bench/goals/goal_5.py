"""The log as CSV, of raw sqlite3 and csv; and answers while it is written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.answering import answer_all, warm
from tests.bench.client import Measured
from tests.bench.downloading import downloading, make_class
from tests.bench.machine import peak_mb
from tests.bench.plan import Bench
from tests.bench.processes import Server, clean_environment
from tests.bench.results import Result, quantile, ratios
from tests.bench.school import School

TITLE = "exports"
PAUSE_S = 0.05
"""Of a slow reader, between two reads of 16 KB."""


@dataclass(frozen=True, slots=True)
class Export:
    """What an export cost."""

    rows_s: float
    first_ms: float
    memory_mb: float
    stall_ms: float


def measure(bench: Bench) -> Iterator[Result]:
    """Export by turns, ours and raw; then answer with and without an export on the same core."""
    sizes, school = bench.sizes, bench.filled(bench.sizes.exported)
    turns = [
        (_export(bench, school, "ours"), _export(bench, school, "raw"))
        for _ in range(min(3, sizes.rounds))
    ]
    ours, raw = [a for a, _ in turns], [b for _, b in turns]
    speeds = [a.rows_s for a in ours], [b.rows_s for b in raw]
    what = f"CSV of {sizes.exported:,} attempts"
    yield Result("5", f"{what} ÷ raw sqlite3 + csv", ratios(*speeds), must=0.6, stretch=0.8)
    yield Result("5", f"{what}", speeds[0], " rows/s")
    yield Result("5", "raw sqlite3 + csv", speeds[1], " rows/s")
    for name, values, unit, must, stretch in (
        ("memory", [export.memory_mb for export in ours], " MB", 20, 8),
        ("first byte of rows", [export.first_ms for export in ours], " ms", 150, None),
        ("longest stall of the loop", [export.stall_ms for export in ours], " ms", 100, None),
    ):
        yield Result("5", f"export: {name}", values, unit, must, stretch, more=False)
    yield from _from_the_page(bench)


def _from_the_page(bench: Bench) -> Iterator[Result]:
    """Answer by turns with and without files of a class being taken from its page."""
    school, costs = bench.filled(bench.sizes.exported), bench.folder / "costs.json"
    make_class(school)
    with warm(bench, school) as server:
        before = peak_mb(server.pid)
        turns = []
        for _ in range(min(3, bench.sizes.rounds)):
            usual = _answered(bench, school, server)
            with _taken(downloading(school, server, "attempts.csv", costs)):
                turns.append((usual, _answered(bench, school, server)))
        with _taken(downloading(school, server, "attempts.csv", costs, PAUSE_S)):
            _answered(bench, school, server)
            log_mb = (school.data / "quiz.db-wal").stat().st_size / 1_000_000
        whole = downloading(school, server, "attempts.csv", costs)
        whole.wait()
        told, memory = json.loads(costs.read_text()), peak_mb(server.pid) - before
        with _taken(downloading(school, server, "attempts.xlsx", costs)):
            spread = [(usual, _answered(bench, school, server))]
    yield Result("5", "the page: memory", [memory], " MB", 100, more=False)
    yield Result("5", "the page: first byte", [told["first_ms"]], " ms", 500, more=False)
    yield Result("5", "the page: log of a slow reader", [log_mb], " MB", 64, more=False)
    for what, pairs in (("CSV", turns), ("XLSX", spread)):
        for share in (0.5, 0.99):
            values = [
                quantile(meanwhile.latencies_ms, share) / quantile(alone.latencies_ms, share)
                for alone, meanwhile in pairs
            ]
            name = f"answers' p{share * 100:.0f} while a page gives {what} ÷ usual"
            yield Result("5", name, values, "", 2, more=False)


def _export(bench: Bench, school: School, how: str) -> Export:
    costs = bench.folder / "costs.json"
    with _exporting(school, how, costs) as process:
        out = process.stdout
        assert out
        rows = 0 if how == "ours" else 1  # the first line of ours is the header
        out.readline()
        rows += bool(out.readline())
        first = time.perf_counter()
        rows += sum(chunk.count(b"\n") for chunk in iter(lambda: out.read(65_536), b""))
    told = json.loads(costs.read_text())
    return Export(
        rows_s=rows / (told["end"] - told["start"]),
        first_ms=(first - told["start"]) * 1000,
        memory_mb=told["memory_mb"],
        stall_ms=told["stall_ms"],
    )


def _exporting(school: School, how: str, costs: Path) -> subprocess.Popen[bytes]:
    command = ["tests.bench.exporting", how, str(school.data / "quiz.db"), str(costs)]
    process = subprocess.Popen(
        [sys.executable, "-m", *command], env=clean_environment(), stdout=subprocess.PIPE
    )
    os.sched_setaffinity(process.pid, school.cores.server)
    return process


def _answered(bench: Bench, school: School, server: Server) -> Measured:
    """Answer on one connection after the other: who is alone feels a wait most."""
    return answer_all(bench, school, server, bench.cards(school, server, 1))


@contextmanager
def _taken(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Give up a download at the end, unless it is whole."""
    try:
        yield
    finally:
        process.kill()
        process.wait()
