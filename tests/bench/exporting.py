"""Exports in a process of their own, to the standard output; what they cost goes to another file.

`python -m tests.bench.exporting ours|raw DATABASE COSTS`
"""

from __future__ import annotations

import asyncio
import csv
import json
import os
import resource
import sqlite3
import sys
import time
from contextlib import suppress
from pathlib import Path

from quiz.storage.engine import connected
from quiz.storage.library import Library
from quiz.teaching.exporting import chunks
from quiz.teaching.files import files
from quiz.teaching.source import Source
from tests.bench.machine import peak_mb
from tests.bench.school import NOW

HEARTBEAT_S = 0.001

RAW = """
SELECT 1, a.id, r.public_id, 1, l.public_id, l.name, NULL, NULL, a.pack_id, a.topic_id,
       a.objective_id, a.question_id, a.v, a.rev, v.kind, q.level, q.tags, a.mode, a.position,
       a.shown_at, a.answered_at, a.answered_at, a.response, a.response, a.score, a.correct,
       a.score, q.points, NULL, a.misconceptions, a.hints, NULL, NULL
FROM attempts a
JOIN rounds r ON r.id = a.round_id
JOIN learners l ON l.id = a.learner_id
JOIN questions q ON q.pack_id = a.pack_id AND q.id = a.question_id
JOIN revisions v ON v.pack_id = a.pack_id AND v.question_id = a.question_id AND v.rev = a.rev
ORDER BY a.answered_at, a.id
"""
"""As many columns as ours, from the same tables, in the same order; nothing is made of them."""


async def ours(database: Path) -> float:
    """Write the log as the app does and return the longest stall of the loop in ms."""
    stalls: list[float] = [0.0]
    beating = asyncio.create_task(_beat(stalls))
    async with connected(f"sqlite+aiosqlite:///{database}") as db:
        source = Source(db, Library(), lambda: NOW)
        async for chunk in chunks(source, files()["attempts"], "csv", bom=False):
            sys.stdout.buffer.write(chunk.data)
            sys.stdout.flush()
    beating.cancel()
    with suppress(asyncio.CancelledError):
        await beating
    return max(stalls) * 1000


def raw(database: Path) -> float:
    """Write the log with nothing but sqlite3 and csv."""
    connection = sqlite3.connect(database)
    csv.writer(sys.stdout, lineterminator="\r\n").writerows(connection.execute(RAW))
    connection.close()
    return 0.0


async def _beat(stalls: list[float]) -> None:
    while True:
        before = time.perf_counter()
        await asyncio.sleep(HEARTBEAT_S)
        stalls.append(time.perf_counter() - before - HEARTBEAT_S)


def main(how: str, database: str, costs: str) -> None:
    """Export, and write start, end, memory and stall."""
    before, start = peak_mb(os.getpid()), time.perf_counter()
    path = Path(database)
    stall_ms = asyncio.run(ours(path)) if how == "ours" else raw(path)
    told = {
        "start": start,
        "end": time.perf_counter(),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before,
        "stall_ms": stall_ms,
    }
    Path(costs).write_text(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
