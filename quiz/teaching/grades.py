"""Grade books in pages: what every file of them goes through."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from functools import partial

from quiz.core.gradebook import Asked, Column, counted
from quiz.exports.gradebook import GradeColumns, Grades
from quiz.exports.lines import Columns, Record
from quiz.storage import grades as stored
from quiz.storage.transactions import persistent
from quiz.teaching.source import Source, T, Write

PAGE = 10
"""Learners of one statement: all their tries, perhaps thousands, are read at once."""

Found = tuple[Sequence[stored.Line], Mapping[int, Sequence[tuple[Asked, float]]]]


async def about(source: Source) -> int:
    """Return how many learners there are."""
    async with source.db.reading() as session:
        return await stored.count_lines(session, source.extent)


async def graded(source: Source) -> tuple[Column, ...]:
    """Return the packs and the work that are graded."""
    async with source.db.reading() as session:
        return await stored.grade_columns(session, source.extent)


async def written(
    source: Source,
    columns: Columns,
    before: Callable[[GradeColumns], Sequence[Record]],
    record_of: Callable[[GradeColumns, Grades], Record],
    write: Write[T],
) -> AsyncIterator[T]:
    """Yield what `write` makes of each page, in the order in which learners came."""
    if not isinstance(columns, GradeColumns):
        raise TypeError("a grade book has columns of its own")

    async def page_after(place: int) -> Found:
        async with source.db.reading() as session:
            lines = await stored.lines_after(session, source.extent, place, limit=PAGE)
            ids = [line.learner_id for line in lines if line.learner_id is not None]
            return lines, await stored.tries_of(session, source.extent, ids) if ids else {}

    def records(found: Found) -> T:
        lines, tries = found
        return write(
            record_of(columns, _grades(source, columns, line, tries.get(line.learner_id or 0, ())))
            for line in lines
        )

    first = before(columns)
    if first:
        yield write(first)
    place = 0
    while (found := await persistent(partial(page_after, place)))[0]:
        yield await source.work(partial(records, found))
        place = found[0][-1].id


def _grades(
    source: Source,
    columns: GradeColumns,
    line: stored.Line,
    tries: Sequence[tuple[Asked, float]],
) -> Grades:
    scores = counted(tries, source.which)
    return Grades(
        source.naming(line.public_id or "", line.name, line.external_id),
        source.extent.class_name,
        [column.reached(scores) for column in columns.graded],
    )
