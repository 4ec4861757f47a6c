"""The file `options`: the statistics of every pack that was answered in."""

from __future__ import annotations

from collections.abc import AsyncIterator

from quiz.exports.files.options import COLUMNS, FILE, records_of
from quiz.exports.lines import Columns
from quiz.teaching.analyses import about, analyses
from quiz.teaching.source import Source, T, Write

__all__ = ["FILE", "about", "columns", "pages"]


async def columns(source: Source) -> Columns:
    """Return the columns: always the same."""
    return COLUMNS


async def pages(source: Source, columns: Columns, write: Write[T]) -> AsyncIterator[T]:
    """Yield what `write` makes of each pack by title, in the order of the pack."""
    async for analysis in analyses(source):
        yield write(records_of(analysis))
