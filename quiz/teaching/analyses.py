"""The statistics of all packs that were answered in, for files."""

from __future__ import annotations

from collections.abc import AsyncIterator

from quiz.core.analysis import Analysis
from quiz.storage.grades import answered_packs, count_questions
from quiz.storage.scopes import EVERYBODY, of_class
from quiz.teaching.analysis import analysis
from quiz.teaching.source import Source


async def about(source: Source) -> int:
    """Return how many questions there are."""
    async with source.db.reading() as session:
        packs = await answered_packs(session, source.extent)
        return await count_questions(session, [id for id, _ in packs])


async def analyses(source: Source) -> AsyncIterator[Analysis]:
    """Yield the statistics of now of each pack by title, in practice."""
    extent, scope = source.extent, EVERYBODY
    if extent.class_id is not None:
        scope = of_class(extent.class_id, extent.class_name)
    async with source.db.reading() as session:
        packs = await answered_packs(session, extent)
    for pack_id, _ in packs:
        yield await analysis(
            source.db, source.library, scope, pack_id, "practice", clock=source.clock
        )
