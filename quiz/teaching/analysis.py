"""Statistics for pages: kept ones at once, new ones counted behind the page.

To count a million answers takes many seconds, and a page must not wait for it. So a page gets what
was counted last, with its time, and whether something newer is on its way.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from quiz.core.analysis import MODES, Analysis
from quiz.core.errors import NotFoundError
from quiz.storage.analyses import Kept, kept_analysis
from quiz.storage.engine import Database
from quiz.storage.library import Library
from quiz.storage.scopes import Scope
from quiz.teaching.counting import Clock, State, count, state_of

LOGGER = logging.getLogger(__name__)

YOUNG = timedelta(seconds=30)
"""Statistics of this age are shown as they are, whatever was answered since."""
OLD = timedelta(hours=1)
"""After this they are counted anew even if nothing seems to have happened."""
PAUSE = 20
"""Between two counts lie so many times the seconds that the last one took: 5 % of a core."""
PATIENCE_S = 0.15
"""A page waits this long for a count: enough for a class, and too short to be noticed."""

Key = tuple[str, str, str]
"""Scope, pack and mode."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a page can show: `analysis` is None before the first was counted.

    `counting` says that a newer one is on its way: to look again in a moment is worth it.
    """

    analysis: Analysis | None
    counting: bool


@dataclass(slots=True)
class Analyst:
    """Counts behind the pages of this process, one count at a time, each thing once."""

    db: Database
    library: Library
    clock: Clock
    patience_s: float = PATIENCE_S
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _tasks: dict[Key, asyncio.Task[Kept]] = field(default_factory=dict)

    async def look(self, scope: Scope, pack_id: str, mode: str) -> Look:
        """Return what is known of a pack now. Raises NotFoundError for a pack or mode unknown."""
        check_mode(mode)
        async with self.db.reading() as session:
            kept = await kept_analysis(session, scope, pack_id, mode)
            state = await state_of(session, scope, pack_id)
        if kept and is_fresh(kept, state, now=self.clock()):
            return Look(kept.analysis, counting=False)
        task = self._counting(scope, pack_id, mode)
        await asyncio.wait({task}, timeout=self.patience_s)
        if task.done() and not task.cancelled() and not task.exception():
            return Look(task.result().analysis, counting=False)
        return Look(kept.analysis if kept else None, counting=True)

    async def settled(self) -> None:
        """Wait until nothing is being counted."""
        while self._tasks:
            await asyncio.wait(set(self._tasks.values()))

    def cancel(self) -> None:
        """Give up whatever is being counted."""
        for task in self._tasks.values():
            task.cancel()

    def _counting(self, scope: Scope, pack_id: str, mode: str) -> asyncio.Task[Kept]:
        key = scope.key, pack_id, mode
        if key not in self._tasks:
            task = asyncio.create_task(self._count(scope, pack_id, mode))
            task.add_done_callback(lambda done: self._ended(key, done))
            self._tasks[key] = task
        return self._tasks[key]

    async def _count(self, scope: Scope, pack_id: str, mode: str) -> Kept:
        async with self._turn:
            return await count(self.db, self.library, scope, pack_id, mode, clock=self.clock)

    def _ended(self, key: Key, task: asyncio.Task[Kept]) -> None:
        del self._tasks[key]
        if not task.cancelled() and (error := task.exception()):
            LOGGER.error("Statistics of %s were not counted.", key, exc_info=error)


@asynccontextmanager
async def analysing(db: Database, library: Library, clock: Clock) -> AsyncIterator[Analyst]:
    """Yield an analyst, and at the end give up what it is at."""
    analyst = Analyst(db, library, clock)
    try:
        yield analyst
    finally:
        analyst.cancel()
        await analyst.settled()


async def analysis(
    db: Database, library: Library, scope: Scope, pack_id: str, mode: str, *, clock: Clock
) -> Analysis:
    """Return the statistics of now, counted unless nothing has happened since the last time.

    For commands and files, which can wait. Raises NotFoundError for a pack or mode unknown.
    """
    check_mode(mode)
    async with db.reading() as session:
        kept = await kept_analysis(session, scope, pack_id, mode)
        state = await state_of(session, scope, pack_id)
    if kept is None or not rests_on(kept, state):
        kept = await count(db, library, scope, pack_id, mode, clock=clock)
    return kept.analysis


def is_fresh(kept: Kept, state: State, *, now: datetime) -> bool:
    """Return whether what is kept may be shown without counting again."""
    age = now - kept.analysis.computed_at
    if kept.stamp != state.stamp or age >= OLD:
        return False
    young = age < max(YOUNG, timedelta(seconds=PAUSE * kept.took_s))
    return young or rests_on(kept, state)


def rests_on(kept: Kept, state: State) -> bool:
    """Return whether nothing has happened since it was counted."""
    return State(kept.analysis.through, kept.stamp) == state


def check_mode(mode: str) -> None:
    """Raise NotFoundError for a mode that is not counted."""
    if mode not in MODES:
        raise NotFoundError(f"There is no mode '{mode}'. The modes are {', '.join(MODES)}.")
