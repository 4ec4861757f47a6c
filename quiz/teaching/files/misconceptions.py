"""The file `misconceptions`: what every pack's wrong answers have shown, counted by learners."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping

from quiz.core.beliefs import Spread, spread, together
from quiz.exports.files.misconceptions import COLUMNS, FILE, record_of
from quiz.exports.lines import Columns
from quiz.storage.grades import answered_packs, lines_after
from quiz.storage.shown import rights_of, sentences, showings_of
from quiz.teaching.source import Source, T, Write

__all__ = ["FILE", "about", "columns", "pages"]

LEARNERS = 20
"""Learners of one statement."""


async def columns(source: Source) -> Columns:
    """Return the columns: always the same."""
    return COLUMNS


async def about(source: Source) -> int:
    """Return 0: how many there are is known when they are counted."""
    return 0


async def pages(source: Source, columns: Columns, write: Write[T]) -> AsyncIterator[T]:
    """Yield what `write` makes of each pack by title: what was shown most often at the top."""
    async with source.db.reading() as session:
        packs = await answered_packs(session, source.extent)
    for pack_id, _ in packs:
        found = await _counted(source, pack_id)
        async with source.db.reading() as session:
            said = await sentences(session, pack_id)
        yield write(
            record_of(each, pack_id, said.get(each.belief, ""), source.extent.class_name)
            for each in sorted(found, key=lambda each: (-each.showed, each.belief))
        )


async def _counted(source: Source, pack_id: str) -> Collection[Spread]:
    """Return the beliefs shown in a pack, added up over a few learners at a time."""
    totals: Mapping[str, Spread] = {}
    place = 0
    while True:
        async with source.db.reading() as session:
            lines = await lines_after(session, source.extent, place, limit=LEARNERS)
            if not lines:
                return totals.values()
            place = lines[-1].id
            learners = [line.learner_id for line in lines if line.learner_id is not None]
            showings = await showings_of(session, source.extent, pack_id, learners)
            rights = await rights_of(session, source.extent, pack_id, learners) if showings else {}
        totals = together(totals, spread(showings, rights))
