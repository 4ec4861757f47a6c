"""The file `items`: what `quiz stats` says, for programs and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from quiz.core.analysis import Analysis
from quiz.exports.cells import structure
from quiz.exports.items import ITEMS, items_rows
from quiz.exports.lines import ALL_FORMATS, File, Record

COLUMNS = replace(ITEMS, times=frozenset({"computed_at"}))

FILE = File(
    title="Questions",
    sentence="One row a question: how hard it was, how well it tells who knows the rest, and what "
    "is odd about it.",
    formats=ALL_FORMATS,
    row_bytes=170,
)


def records_of(analysis: Analysis) -> Iterable[Record]:
    """Return the rows of a pack."""
    for row in items_rows(analysis):
        yield {**row, "flags": structure(row["flags"]), "computed_at": analysis.computed_at}
