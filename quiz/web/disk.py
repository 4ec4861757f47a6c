"""Whether the disk of the database has room for a while."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from quiz.storage.engine import Database

MEGABYTE = 1_000_000
MIN_FREE = 100 * MEGABYTE
"""Bytes free below which to warn: some 200 000 answers, and the copy before a migration."""


async def lack_of_space(db: Database) -> str:
    """Return a sentence where a file of SQLite soon cannot grow, else "".

    The disk of a server is somebody else's to watch.
    """
    if not db.is_sqlite:
        return ""
    folder = Path(db.name.removeprefix("file:")).parent
    free = (await asyncio.to_thread(shutil.disk_usage, folder)).free
    if free >= MIN_FREE:
        return ""
    return (
        f"The disk of the database has {free // MEGABYTE} MB left, less than "
        f"{MIN_FREE // MEGABYTE} MB: free some space before answers cannot be saved."
    )
