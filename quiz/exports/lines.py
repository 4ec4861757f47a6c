"""Records to lines of a file: one maker a format, found by its name."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from quiz.core.formulas import guarded
from quiz.exports.cells import Structure, structure, time_text, truth

Record = Mapping[str, object]
"""A row by column name: text, numbers, truth, times, a Structure; None for unknown."""

BOM = "\ufeff"
"""Tells spreadsheets that a CSV file is UTF-8."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of a file's columns, in order, and what those hold that are no plain values.

    Columns in `text` hold what people wrote or what chance drew, and so anything at all. Those in
    `wide` want room in a spreadsheet.
    """

    names: tuple[str, ...]
    text: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    truths: frozenset[str] = frozenset()
    structures: frozenset[str] = frozenset()
    wide: frozenset[str] = frozenset()


SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ALL_FORMATS = ("csv", "ndjson", "xlsx")


@dataclass(frozen=True, slots=True)
class File:
    """A file that can be taken out: what it is, and the formats that it comes in.

    `row_bytes` is about what a row takes as CSV. `graded` says whether a question may count with
    its best, first or last try, `marked` whether CSV begins with the mark for spreadsheets: a
    program that imports it may stumble there.
    """

    title: str
    sentence: str
    formats: tuple[str, ...]
    row_bytes: int
    graded: bool = False
    marked: bool = True


@dataclass(frozen=True, slots=True)
class Maker:
    """A format of lines: the text before all records, and the text of some records."""

    media_type: str
    head: Callable[[Columns], str]
    body: Callable[[Columns, Iterable[Record]], str]


def csv_head(columns: Columns) -> str:
    """Return the header line (RFC 4180)."""
    return _csv([[guarded(name) for name in columns.names]])


def csv_body(columns: Columns, records: Iterable[Record]) -> str:
    """Return the lines of records, with text that could be a formula made harmless."""
    chosen = itemgetter(*columns.names)
    # What has no writer is left to the module: numbers as they are, None as nothing.
    writers = [
        (at, write)
        for at, name in enumerate(columns.names)
        if (write := _writer(columns, name)) is not None
    ]

    def cells(record: Record) -> list[object]:
        row = list(chosen(record))
        for at, write in writers:
            if row[at] is not None:
                row[at] = write(row[at])
        return row

    return _csv(map(cells, records))


def ndjson_body(columns: Columns, records: Iterable[Record]) -> str:
    """Return one JSON object a line, lossless."""
    return "".join(
        json.dumps({name: _json(record[name]) for name in columns.names}, ensure_ascii=False) + "\n"
        for record in records
    )


MAKERS = {
    "csv": Maker("text/csv; charset=utf-8", csv_head, csv_body),
    "ndjson": Maker("application/x-ndjson", lambda _columns: "", ndjson_body),
}


def media_type_of(file_format: str) -> str:
    """Return the media type of a format."""
    return MAKERS[file_format].media_type if file_format in MAKERS else SPREADSHEET


def _csv(rows: Iterable[Iterable[object]]) -> str:
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\r\n").writerows(rows)
    return lines.getvalue()


def _writer(columns: Columns, name: str) -> Callable[..., str] | None:
    if name in columns.text:
        return guarded
    if name in columns.times:
        return time_text
    if name in columns.truths:
        return truth
    return _text if name in columns.structures else None


def _text(value: object) -> str:
    return value.text if isinstance(value, Structure) else structure(value).text


def _json(value: object) -> object:
    if isinstance(value, Structure):
        return value.value
    return time_text(value) if isinstance(value, datetime) else value
