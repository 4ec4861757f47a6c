"""Spreadsheets, read back by somebody else's library."""

from __future__ import annotations

import io
from collections.abc import Iterable

import openpyxl
from openpyxl.utils.escape import unescape

from quiz.exports.lines import Columns, Record
from quiz.exports.workbook import Sheet


def made(columns: Columns, records: Iterable[Record]) -> bytes:
    """Return the file of a spreadsheet."""
    with Sheet(columns) as written:
        written.add(records)
        return written.finish().read_bytes()


def sheet(columns: Columns, records: Iterable[Record]) -> list[list[object]]:
    """Return the cells of a spreadsheet with these records, the header first."""
    return cells(made(columns, records))


def cells(data: bytes) -> list[list[object]]:
    """Return the values of all cells; one that is a formula fails."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    rows = list(book.active.iter_rows())  # type: ignore[union-attr]
    assert all(cell.data_type != "f" and not cell.hyperlink for row in rows for cell in row)
    return [[_plain(cell.value) for cell in row] for row in rows]


def _plain(value: object) -> object:
    # The library leaves signs as the file escapes them, such as `_x0007_`; spreadsheets do not.
    return unescape(value) if isinstance(value, str) else value
