"""The one door through which answers are stored: those of many requests are committed together.

A transaction of its own for each answer would cost a sync of the disk each. So one task takes what
has queued, stores all of it in one transaction, and then wakes those who wait: nobody is told of
an answer before it is durable, and while one batch is on its way to the disk the next one gathers.
Nobody waits for a batch to fill, so a lonely answer is a batch of one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from quiz.core.attempts import Attempt
from quiz.core.errors import BusyError
from quiz.storage.attempts import record_in
from quiz.storage.transactions import in_transaction

CAPACITY = 2048
"""Answers that may wait; who comes when so many do is asked to come again."""

BATCH = 256
"""Answers of a transaction at most: some ten milliseconds of writing."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An answer in the queue, and where the one stored goes."""

    attempt: Attempt
    stored: asyncio.Future[Attempt]


class Recorder:
    """Stores answers in the order in which they come."""

    def __init__(self, writing: async_sessionmaker[AsyncSession], *, capacity: int = CAPACITY):
        self._writing = writing
        self._queue: asyncio.Queue[Waiting | None] = asyncio.Queue(capacity)

    async def record(self, attempt: Attempt) -> Attempt:
        """Store an answer and what follows from it, durably, and return what is stored.

        A round's position counts once: a repeat changes nothing and returns the answer given
        first. Who is cancelled while waiting is not told; the answer is stored all the same.
        Raises BusyError when too many wait, and the error of the database for what it refuses.
        """
        waiting = Waiting(attempt, asyncio.get_running_loop().create_future())
        try:
            self._queue.put_nowait(waiting)
        except asyncio.QueueFull:
            raise BusyError("Too many answers came at once. Send yours again.") from None
        return await waiting.stored

    async def run(self) -> None:
        """Store what comes until `finish` is called and the queue is empty."""
        ended = False
        while not ended:
            batch = [await self._queue.get()]
            while len(batch) < BATCH and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            ended = None in batch
            await self._store([waiting for waiting in batch if waiting])

    async def finish(self) -> None:
        """Let `run` end behind what has queued so far."""
        await self._queue.put(None)

    async def _store(self, batch: Sequence[Waiting]) -> None:
        try:
            attempts = [waiting.attempt for waiting in batch]
            stored = await in_transaction(
                self._writing, lambda session: record_in(session, attempts)
            )
        except (IntegrityError, DataError) as error:
            if len(batch) == 1:
                _fail(batch, error)
                return
            for waiting in batch:  # each alone, so that a bad one harms no other
                await self._store([waiting])
        except Exception as error:  # noqa: BLE001 - those who wait get it; the next batch is tried
            _fail(batch, error)
        else:
            for waiting, attempt in zip(batch, stored, strict=True):
                if not waiting.stored.done():  # a cancelled request no longer listens
                    waiting.stored.set_result(attempt)


@asynccontextmanager
async def recording(writing: async_sessionmaker[AsyncSession]) -> AsyncGenerator[Recorder, None]:
    """Run a recorder; at the end it stores all that has queued before it stops."""
    recorder = Recorder(writing)
    running = asyncio.create_task(recorder.run())
    try:
        yield recorder
    finally:
        await recorder.finish()
        await running


def _fail(batch: Sequence[Waiting], error: Exception) -> None:
    for waiting in batch:
        if not waiting.stored.done():
            waiting.stored.set_exception(error)
