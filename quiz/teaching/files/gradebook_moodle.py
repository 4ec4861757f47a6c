"""The file `gradebook-moodle`."""

from __future__ import annotations

from collections.abc import AsyncIterator

from quiz.exports.files.gradebook_moodle import FILE, columns_of, record_of, records_before
from quiz.exports.lines import Columns
from quiz.teaching.grades import about, graded, written
from quiz.teaching.source import Source, T, Write

__all__ = ["FILE", "about", "columns", "pages"]


async def columns(source: Source) -> Columns:
    """Return the learner's columns, and one for each pack and piece of work."""
    return columns_of(await graded(source))


def pages(source: Source, columns: Columns, write: Write[T]) -> AsyncIterator[T]:
    """Yield what `write` makes of each page, in the order in which learners came."""
    return written(source, columns, records_before, record_of, write)
