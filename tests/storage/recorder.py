"""A program that records answers until it is killed, and names each one that is stored."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace

from quiz.storage.attempts import record
from quiz.storage.engine import connected
from tests.storage.made import ATTEMPT


async def _record_for_ever(url: str) -> None:
    async with connected(url) as db:
        position = 0
        while True:
            position += 1
            await record(db.writing, replace(ATTEMPT, position=position))
            sys.stdout.write(f"{position}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_record_for_ever(sys.argv[1]))
