"""What an instructor does: so far, take the attempts out."""

from __future__ import annotations

from collections.abc import AsyncIterator

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.kinds import Seed
from quiz.exports.attempts import Tried, record_of
from quiz.exports.lines import Record
from quiz.storage import log
from quiz.storage.attempts import attempt_of
from quiz.storage.engine import Database
from quiz.storage.library import Library

PAGE = 5000
"""Rows read in one short transaction: a slow reader must not pin the write-ahead log."""


async def attempts(db: Database, library: Library) -> AsyncIterator[list[Record]]:
    """Yield the rows of the file `attempts` in pages: all that were stored when it began."""
    async with db.reading() as session:
        last = await log.last_id(session)
    after = None
    while True:
        async with db.reading() as session:
            entries = await log.page_after(session, after, last=last, limit=PAGE)
            records = [record_of(await _tried(session, library, entry)) for entry in entries]
        if not entries:
            return
        yield records
        after = entries[-1].key


async def _tried(session: AsyncSession, library: Library, entry: log.Entry) -> Tried:
    attempt, question = attempt_of(entry.attempt), entry.question
    key = (attempt.pack_id, attempt.question_id, attempt.rev, question.commentary_hash)
    wording, commentary = await library.read(session, key)
    return Tried(
        id=entry.attempt.id,
        attempt=attempt,
        round_id=entry.round.public_id,
        learner_id=entry.learner.public_id,
        learner_name=entry.learner.name,
        try_no=entry.try_no,
        level=question.level,
        tags=tuple(question.tags),
        points=question.points,
        wording=wording,
        seed=Seed(bytes.fromhex(entry.round.secret), attempt.question_id, question.shuffle),
        evidence=commentary.proof.result if commentary.proof else "",
    )
