"""The file `options`: what `quiz stats` says, for programs and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from quiz.core.analysis import Analysis
from quiz.exports.cells import structure
from quiz.exports.items import OPTIONS, options_rows
from quiz.exports.lines import ALL_FORMATS, File, Record

COLUMNS = replace(OPTIONS, truths=frozenset({"key"}))

FILE = File(
    title="Options",
    sentence="One row an option of a question: how many chose it, and whether those were the ones "
    "who know the rest.",
    formats=ALL_FORMATS,
    row_bytes=130,
)


def records_of(analysis: Analysis) -> Iterable[Record]:
    """Return the rows of a pack."""
    for row in options_rows(analysis):
        yield {**row, "flags": structure(row["flags"])}
