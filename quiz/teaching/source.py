"""Where the rows of a file come from, and whom they name."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from quiz.core.gradebook import GRADES
from quiz.exports.learners import Learner, Naming
from quiz.exports.lines import Record
from quiz.storage.engine import Database
from quiz.storage.extent import EVERYTHING, Extent
from quiz.storage.library import Library

T = TypeVar("T")

Clock = Callable[[], datetime]
"""Returns the time in UTC."""

Write = Callable[[Iterable[Record]], T]
"""Makes something of the records of a page: of all of them, before it returns."""

PAGE = 500
"""Rows of one statement: a slow reader must not pin the log, and others want their turn."""


@dataclass(frozen=True, slots=True)
class Source:
    """A database with what it is asked for.

    `naming` decides whom a row names, and every row asks it; `which` is one of GRADES, `home` the
    address at which learners reach the app, without a final slash. `turn` lets
    one page at a time be made in a process, and `polite` files rest often while they are made: they
    want what learners leave of it.
    """

    db: Database
    library: Library
    clock: Clock
    extent: Extent = EVERYTHING
    naming: Naming = Learner
    turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    which: str = GRADES[0]
    home: str = "http://localhost"
    polite: bool = False

    async def work(self, job: Callable[[], T]) -> T:
        """Do a job in a thread, so that answers are taken meanwhile."""
        async with self.turn:
            return await asyncio.to_thread(job)
