"""Bringing in: the answers of a file that its learner took out, here or elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.errors import FormError
from quiz.core.own import Brought, OwnAttempt
from quiz.practice.desk import Desk
from quiz.practice.own.entries import FILE
from quiz.practice.own.reading import attempts, survey
from quiz.practice.rounds import learner_for
from quiz.storage.bringing import bring_in
from quiz.storage.transactions import in_transaction

BATCH = 500
"""Answers that are written at a time."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of a file, and the cookie of who brought it in: as before, or a new one."""

    cookie: str
    brought: Brought


async def bring(desk: Desk, cookie: str, file: BinaryIO, *, now: datetime) -> Arrived:
    """Bring in the answers of a file in one transaction; who has no valid cookie becomes a learner.

    Raises FormError, and changes nothing, for a file that is not in order, and where nothing of it
    is here for somebody new.
    """
    contents = await asyncio.to_thread(survey, file, now=now)

    async def work(session: AsyncSession) -> Arrived:
        learner_id, mine = await learner_for(desk, session, cookie, now=now)
        brought = await bring_in(
            session,
            learner_id,
            contents.rounds,
            _batches(file),
            unguessable=desk.unguessable,
            now=now,
        )
        if mine != cookie and not brought.new:
            raise FormError(FILE, _nothing(brought))
        return Arrived(mine, brought)

    return await in_transaction(desk.database.writing, work)


async def _batches(file: BinaryIO) -> AsyncIterator[Sequence[OwnAttempt]]:
    """Yield the answers of a file some at a time, read in a thread: others do not wait for it."""
    found = attempts(file)
    while batch := await asyncio.to_thread(lambda: list(islice(found, BATCH))):
        yield batch


def _nothing(brought: Brought) -> str:
    if brought.left_out:
        return (
            f"Nothing was brought in: the questions of all {brought.left_out} answers are not here."
        )
    return "Nothing was brought in: the file holds no answers."
