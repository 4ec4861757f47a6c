"""The log as CSV, of raw sqlite3 and csv; and answers while it is written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.answering import answer_all, warm
from tests.bench.client import Measured
from tests.bench.plan import Bench
from tests.bench.processes import clean_environment
from tests.bench.results import Result, quantile, ratios
from tests.bench.school import School

TITLE = "exports"


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
    usual, meanwhile = _answers(bench)
    p99 = ratios(*([quantile(m.latencies_ms, 0.99)] for m in (meanwhile, usual)))
    yield Result("5", "answers' p99 during an export ÷ usual", p99, "", 4, 2, more=False)


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


def _exporting(
    school: School, how: str, costs: Path, out: int = subprocess.PIPE
) -> subprocess.Popen[bytes]:
    command = ["tests.bench.exporting", how, str(school.data / "quiz.db"), str(costs)]
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        env=clean_environment(),
        stdout=out,
    )
    os.sched_setaffinity(process.pid, school.cores.server)
    return process


def _answers(bench: Bench) -> tuple[Measured, Measured]:
    """Return answers without and with an export, on the same core as the server."""
    school = bench.filled(bench.sizes.exported)
    with warm(bench, school) as server:
        dealt = [bench.cards(school, server, bench.sizes.some) for _ in range(2)]
        usual = answer_all(bench, school, server, dealt[0])
        export = _exporting(school, "ours", bench.folder / "costs.json", subprocess.DEVNULL)
        meanwhile = answer_all(bench, school, server, dealt[1])
        export.kill()
        export.wait()
    return usual, meanwhile
