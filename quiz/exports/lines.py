"""Records to lines of a file: one maker a format, found by its name."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from quiz.exports.cells import cell, json_text, text_cell

Record = Mapping[str, object]
"""A row by column name; structures as JSON values, None for unknown."""

BOM = "\ufeff"
"""Tells spreadsheets that a CSV file is UTF-8."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of a file's columns, in order.

    Those in `text` hold what people wrote, those in `structures` JSON in one cell.
    """

    names: Sequence[str]
    text: frozenset[str]
    structures: frozenset[str]


@dataclass(frozen=True, slots=True)
class Maker:
    """A format: the text before all records, and the text of some records."""

    head: Callable[[Columns], str]
    body: Callable[[Columns, Iterable[Record]], str]


def csv_head(columns: Columns) -> str:
    """Return the header line (RFC 4180)."""
    return _csv([columns.names])


def csv_body(columns: Columns, records: Iterable[Record]) -> str:
    """Return the lines of records, with text that could be a formula made harmless."""
    cells = [(name, _cell_of(columns, name)) for name in columns.names]
    return _csv([write(record[name]) for name, write in cells] for record in records)


def ndjson_body(columns: Columns, records: Iterable[Record]) -> str:
    """Return one JSON object a line, lossless."""
    return "".join(
        json.dumps({name: record[name] for name in columns.names}, ensure_ascii=False) + "\n"
        for record in records
    )


MAKERS = {
    "csv": Maker(csv_head, csv_body),
    "ndjson": Maker(lambda _columns: "", ndjson_body),
}


def _csv(rows: Iterable[Sequence[object]]) -> str:
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\r\n").writerows(rows)
    return lines.getvalue()


def _cell_of(columns: Columns, name: str) -> Callable[[object], object]:
    if name in columns.structures:
        return json_text
    return text_cell if name in columns.text else cell
