"""Word to every open page that a file was saved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

from watchfiles import awatch

from quiz.web.preview.shelf import FOLDERS

STEP_MS = 50
"""How long we wait for further changes once there is one: an editor may save in several steps."""

LIMIT_MS = 400
"""How long we wait at most while changes go on."""


class News:
    """Tells listeners of each save, until it is closed. Belongs to one event loop."""

    def __init__(self) -> None:
        self._count = 0
        self._closed = False
        self._changed = asyncio.Condition()

    async def tell(self) -> None:
        """Wake all listeners."""
        async with self._changed:
            self._count += 1
            self._changed.notify_all()

    async def close(self) -> None:
        """Let all listeners end: an open stream would hold the server's exit."""
        async with self._changed:
            self._closed = True
            self._changed.notify_all()

    async def listen(self) -> AsyncGenerator[int, None]:
        """Yield at once, then once for all that was told since, as long as this is open."""
        seen = self._count
        while not self._closed:
            yield seen
            async with self._changed:
                while self._count == seen and not self._closed:
                    await self._changed.wait()
                seen = self._count


async def watch(paths: Sequence[Path], news: News) -> None:
    """Tell of every change at and below the paths, for ever.

    A file is watched in its folder, as editors may save by putting another one in its place.
    """
    folders = {path for path in paths if path.is_dir()}
    beside = {path.parent for path in paths if not path.is_dir()}
    folders |= {f for folder in beside for name in FOLDERS if (f := folder / name).is_dir()}
    async with asyncio.TaskGroup() as tasks:
        for group, recursive in ((folders, True), (beside - folders, False)):
            if group:
                tasks.create_task(_watch(sorted(group), news, recursive=recursive))


async def _watch(folders: Sequence[Path], news: News, *, recursive: bool) -> None:
    async for _ in awatch(*folders, recursive=recursive, step=STEP_MS, debounce=LIMIT_MS):
        await news.tell()
