"""A program that records answers until it is killed, and names each one that is stored."""

from __future__ import annotations

import asyncio
import itertools
import sys
from dataclasses import replace

from quiz.storage.engine import connected
from quiz.storage.recorder import Recorder, recording
from tests.storage.made import ATTEMPT

AT_ONCE = 8


async def _record_for_ever(recorder: Recorder, first: int) -> None:
    for position in itertools.count(first, AT_ONCE):
        await recorder.record(replace(ATTEMPT, position=position))
        sys.stdout.write(f"{position}\n")
        sys.stdout.flush()


async def _main(url: str) -> None:
    async with connected(url) as db, recording(db.writing) as recorder:
        await asyncio.gather(*(_record_for_ever(recorder, n) for n in range(1, AT_ONCE + 1)))


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1]))
