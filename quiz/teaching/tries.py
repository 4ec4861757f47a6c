"""The log of attempts in pages, with the wordings that were answered."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.tried import Tried
from quiz.exports.asked import Asked
from quiz.exports.lines import Record
from quiz.storage import log
from quiz.storage.library import Key
from quiz.storage.transactions import persistent
from quiz.teaching.source import PAGE, Source, T, Write

RecordOf = Callable[[Tried, Asked], Record]


async def about(source: Source) -> int:
    """Return about how many attempts there are."""
    if source.extent.class_id is not None:
        return source.extent.answers
    async with source.db.reading() as session:
        return await log.count_until(session, await log.last_id(session))


async def written(source: Source, record_of: RecordOf, write: Write[T]) -> AsyncIterator[T]:
    """Yield what `write` makes of each page: all attempts that were stored when it began."""
    asked: dict[Key, Asked] = {}

    async def page_after(after: log.Place | None) -> Sequence[Tried]:
        async with source.db.reading() as session:
            rows = await log.page_after(session, after, last=last, limit=PAGE, extent=source.extent)
            page = await source.work(rows)
            await _read_texts(source, session, page, asked)
        return page

    def records(page: Sequence[Tried]) -> T:
        return write(record_of(tried, asked[_key(tried)]) for tried in page)

    async with source.db.reading() as session:
        last = await log.last_id(session)
    place: log.Place | None = None
    while page := await persistent(partial(page_after, place)):
        # No session is open here: whoever reads slowly holds nothing.
        yield await source.work(partial(records, page))
        place = page[-1].key


async def _read_texts(
    source: Source, session: AsyncSession, page: Sequence[Tried], asked: dict[Key, Asked]
) -> None:
    for key in {_key(tried) for tried in page} - asked.keys():
        wording, commentary = await source.library.read(session, key)
        shown = commentary.proof.result if commentary.proof else ""
        asked[key] = Asked(wording.body, shown, commentary.title)


def _key(tried: Tried) -> Key:
    return tried.pack_id, tried.question_id, tried.rev, tried.commentary_hash
