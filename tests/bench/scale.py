"""What one PostgreSQL holds: `python -m tests.bench.scale --rows 20000000`.

Starts a server of its own, as durable as one for learners, fills our tables with generated answers
of 24 months and measures bytes an attempt and the app's own statements: at a twentieth of the rows,
at a quarter, at all of them, and at all of them with `attempts` partitioned by month of answer, and
by round. 20 million rows take about 15 GB in /tmp, one database at a time, and some 40 minutes.
Nothing is kept.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from quiz.packs.running.postgresql import Server, temporary_server
from quiz.storage.attempts import record_in
from quiz.storage.engine import Database, connected
from quiz.storage.migrate import migrate
from tests.bench import machine
from tests.bench.goals.goal_7 import DURABLE
from tests.bench.scale_costs import reads, records
from tests.bench.scale_log import A_LEARNER, NOW, Log, fill
from tests.bench.scale_months import MONTHS, claim_and_record, partition, rewrite

SETTINGS = {
    **DURABLE,
    "shared_buffers": "2GB",
    "max_wal_size": "3GB",
    "checkpoint_timeout": "30min",
    "maintenance_work_mem": "256MB",
    "jit": "off",
}
"""Of a small server of its own; the rest of the machine's memory caches its files.

A plan over many parts looks dear enough to be compiled, which takes longer than to run it.
"""

SIZES = """
SELECT 'bytes of ' || CASE name WHEN 'attempts' THEN 'its rows' ELSE name END,
       coalesce((SELECT sum(pg_relation_size(relid)) FROM pg_partition_tree(name::regclass)),
                pg_relation_size(name::regclass))
FROM (SELECT 'attempts' AS name
      UNION ALL
      SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 'attempts'::regclass) n
UNION ALL
SELECT 'bytes of round_cards with its key', pg_total_relation_size('round_cards')
UNION ALL
SELECT 'bytes of all tables', pg_database_size(current_database())
"""

FEWEST = 20 * A_LEARNER
"""Attempts that leave one learner for the smallest log."""

HUNDRED_MILLION = 100_000_000

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured with a log: figures by what they are."""

    title: str
    log: Log
    figures: Mapping[str, float]


def main(argv: Sequence[str] | None = None) -> list[Run]:
    """Measure, and print what came out as Markdown."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.scale",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rows", type=int, default=20_000_000, help="attempts at the most")
    parser.add_argument("--calls", type=int, default=200, help="how often each act is timed")
    parser.add_argument("--tiny", action="store_true", help="only show that the program works")
    args = parser.parse_args(argv)
    if args.tiny:
        args.rows, args.calls = FEWEST, 2
    if args.rows < FEWEST or args.calls < 2:
        parser.error(f"--rows must be {FEWEST:,} or more, and --calls 2 or more")
    say = Console(stderr=True, highlight=False, soft_wrap=True).print
    where = machine.describe()
    say(where)
    with temporary_server({} if args.tiny else SETTINGS) as server:
        runs = list(_runs(server, args.rows, args.calls, say))
    console = Console(soft_wrap=True)
    console.print(f"Measured on {where}.\n\n{table(runs)}", markup=False, highlight=False)
    return runs


def table(runs: Sequence[Run]) -> str:
    """Return a Markdown table with a column a run, and one for 100 million attempts."""
    names = list(dict.fromkeys(name for run in runs for name in run.figures))
    titles = [run.title for run in runs]
    rows = [
        ["", *titles, "100,000,000 by growth"],
        ["---", *("---:" for _ in range(len(runs) + 1))],
    ]
    for name in names:
        cells = [_text(run.figures[name]) if name in run.figures else "" for run in runs]
        grown = name.startswith("bytes")
        rows.append([name, *cells, _text(extrapolated(runs, name)) if grown else ""])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def extrapolated(runs: Sequence[Run], name: str) -> float:
    """Return a figure at 100 million attempts, if it grows with the log's logarithm as before.

    The growth is that between the second and the third run; what shrank is taken to stay.
    """
    small, large = runs[1], runs[2]
    before, now = small.figures[name], large.figures[name]
    tenfold = (now - before) / math.log(large.log.attempts / small.log.attempts)
    return now + max(0.0, tenfold) * math.log(HUNDRED_MILLION / large.log.attempts)


def _runs(server: Server, rows: int, calls: int, say: Callable[[str], None]) -> Iterator[Run]:
    for attempts in (rows // 20, rows // 4, rows):
        log = Log(attempts // A_LEARNER * A_LEARNER)
        yield _run(server, f"{log.attempts:,}", log, calls, say)
    yield _run(server, f"{log.attempts:,} by month", log, calls, say, "answered_at")
    yield _run(server, f"{log.attempts:,} by round", log, calls, say, "round_id")


def _run(
    server: Server,
    title: str,
    log: Log,
    calls: int,
    say: Callable[[str], None],
    key: str = "",
) -> Run:
    say(title)
    url = server.create("scale")
    figures = asyncio.run(_measure(url, log, calls, say, key))
    asyncio.run(_drop(server.url(), "scale"))
    for name, value in figures.items():
        say(f"  {_text(value)} {name}")
    return Run(title, log, figures)


async def _measure(url: str, log: Log, calls: int, say: Callable[[str], None], key: str) -> Figures:
    async with connected(url, patient=True) as db:
        await migrate(db, now=NOW)
        if key:
            await partition(db.write, log, key)
        begun = time.perf_counter()
        await fill(db.write, log, say, claimed=key == "answered_at")
        filled_s = time.perf_counter() - begun
        await _command(db.write, "VACUUM (ANALYZE)", "CHECKPOINT")
    async with connected(url, patient=True) as db:
        figures = await _sizes(db, log)
        figures["filled, attempts a second"] = log.attempts / filled_s
        figures |= await _costs(db, log, calls, key)
        figures |= await _farewell(db, in_parts=bool(key))
    return figures


async def _sizes(db: Database, log: Log) -> Figures:
    """Return bytes an attempt: of the log and its indexes, and of all that belongs to learners."""
    async with db.read.connect() as connection:
        rows = (await connection.execute(text(SIZES))).all()
    found = {name: float(size) / log.attempts for name, size in rows}
    others = ("bytes of round_cards with its key", "bytes of all tables")
    return {**found, "bytes of the log": sum(found[n] for n in found if n not in others)}


async def _costs(db: Database, log: Log, calls: int, key: str) -> Figures:
    figures: Figures = {}
    missing: set[str] = set()
    if key:
        unchanged = await reads(db, log, calls)
        figures |= {f"ms: {name}, as written now": cost.ms for name, cost in unchanged.items()}
        missing = rewrite(db.write, log, key)
    store = claim_and_record if key == "answered_at" else record_in
    found = {**await reads(db, log, calls), **await records(db, log, store, calls)}
    if missing:
        raise RuntimeError(f"no statement of the app says {sorted(missing)} any more")
    for name, cost in found.items():
        figures |= {f"ms: {name}": cost.ms, f"ms of server CPU: {name}": cost.cpu_ms}
    return figures


async def _farewell(db: Database, *, in_parts: bool) -> Figures:
    """Take the first month out of the log: measured last, as it changes it."""
    if in_parts:
        detach = "ALTER TABLE attempts DETACH PARTITION attempts_1"
        names = ("s: a month detached", "s: that month dropped")
        statements = (detach, "DROP TABLE attempts_1")
    else:
        end = f"{MONTHS[1]:%Y-%m-%d}"
        names = ("s: a month deleted", "s: vacuum after that")
        statements = (f"DELETE FROM attempts WHERE answered_at < '{end}'", "VACUUM attempts")  # noqa: S608 - a date of ours
    figures: Figures = {}
    for name, statement in zip(names, statements, strict=True):
        begun = time.perf_counter()
        await _command(db.write, statement)
        figures[name] = time.perf_counter() - begun
    return figures


async def _command(engine: AsyncEngine, *statements: str) -> None:
    alone = engine.execution_options(isolation_level="AUTOCOMMIT")
    async with alone.connect() as connection:
        for statement in statements:
            await connection.exec_driver_sql(statement)


async def _drop(url: str, database: str) -> None:
    async with connected(url, patient=True) as db:
        await _command(db.write, f"DROP DATABASE {database}", "CHECKPOINT")


def _text(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(not main())
