"""The file `rounds`: every round, with what was answered in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from functools import partial

from quiz.core.walked import Dealt, Walked
from quiz.exports.files.rounds import COLUMNS, FILE, record_of
from quiz.exports.lines import Columns
from quiz.storage import walks
from quiz.storage.transactions import persistent
from quiz.teaching.source import Source, T, Write

__all__ = ["FILE", "about", "columns", "pages"]

PAGE = 200
"""Rounds of one statement: some two thousand cards."""

Found = tuple[Sequence[Walked], Mapping[int, Sequence[Dealt]]]


async def columns(source: Source) -> Columns:
    """Return the columns: always the same."""
    return COLUMNS


async def about(source: Source) -> int:
    """Return how many rounds there are."""
    async with source.db.reading() as session:
        return await walks.count_rounds(session, source.extent)


async def pages(source: Source, columns: Columns, write: Write[T]) -> AsyncIterator[T]:
    """Yield what `write` makes of each page, in the order of starts."""

    async def page_after(place: int) -> Found:
        async with source.db.reading() as session:
            page = await walks.rounds_after(
                session, place, last=last, limit=PAGE, extent=source.extent
            )
            ids = [walked.id for walked in page]
            return page, await walks.cards_of(session, ids, source.extent) if ids else {}

    def records(found: Found) -> T:
        page, cards = found
        return write(
            record_of(
                walked,
                cards.get(walked.id, ()),
                source.naming(walked.learner_id, walked.learner_name, walked.external_id),
                source.extent.class_name,
            )
            for walked in page
        )

    async with source.db.reading() as session:
        last = await walks.last_round(session)
    place = 0
    while (found := await persistent(partial(page_after, place)))[0]:
        yield await source.work(partial(records, found))
        place = found[0][-1].id
