"""The file `statements`: every answered try, in the words of xAPI."""

from __future__ import annotations

from collections.abc import AsyncIterator

from quiz.core.tried import Tried
from quiz.exports.asked import Asked
from quiz.exports.files.statements import COLUMNS, FILE, record_of
from quiz.exports.lines import Columns, Record
from quiz.teaching.source import Source, T, Write
from quiz.teaching.tries import about, written

__all__ = ["FILE", "about", "columns", "pages"]


async def columns(source: Source) -> Columns:
    """Return what every statement has."""
    return COLUMNS


def pages(source: Source, columns: Columns, write: Write[T]) -> AsyncIterator[T]:
    """Yield what `write` makes of each page, in the order of answers."""

    def record(tried: Tried, asked: Asked) -> Record:
        learner = source.naming(tried.learner_id, tried.learner_name, tried.external_id)
        return record_of(tried, asked, learner, source.home)

    return written(source, record, write)
