"""The file `attempts`: every answered try, in pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.kinds import Seed
from quiz.exports.attempts import Tried, record_of
from quiz.exports.lines import Record
from quiz.storage import log
from quiz.storage.engine import Database
from quiz.storage.library import Library

PAGE = 1000
"""Rows of one statement: a slow reader must not pin the log, and others want their turn."""


async def pages(db: Database, library: Library) -> AsyncIterator[list[Record]]:
    """Yield the rows of the file `attempts` in pages: all that were stored when it began."""
    async with db.reading() as session:
        last = await log.last_id(session)
    after = None
    while True:
        async with db.reading() as session:
            entries = await log.page_after(session, after, last=last, limit=PAGE)
            tried = [await _tried(session, library, entry) for entry in entries]
        if not entries:
            return
        # In a thread: a page is some 50 ms of work, in which answers want to be taken.
        yield await asyncio.to_thread(lambda page: [record_of(each) for each in page], tried)
        after = entries[-1].key


async def _tried(session: AsyncSession, library: Library, entry: log.Entry) -> Tried:
    attempt = entry.attempt
    key = (attempt.pack_id, attempt.question_id, attempt.rev, entry.commentary_hash)
    wording, commentary = await library.read(session, key)
    return Tried(
        id=entry.id,
        attempt=attempt,
        round_id=entry.round_id,
        learner_id=entry.learner_id,
        learner_name=entry.learner_name,
        try_no=entry.try_no,
        level=entry.level,
        tags=tuple(entry.tags),
        points=entry.points,
        wording=wording,
        seed=Seed(bytes.fromhex(entry.secret), attempt.question_id, entry.shuffle),
        evidence=commentary.proof.result if commentary.proof else "",
    )
