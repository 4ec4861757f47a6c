"""Records to a spreadsheet (XLSX), row by row: what was written is not kept in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from quiz.core.errors import OperatorError, TooLongError
from quiz.exports.cells import Structure, truth
from quiz.exports.lines import Columns, Record

MOST_ROWS = 1_048_576
"""Rows of a sheet, with its header (Excel's specification and limits)."""
LONGEST = 32_767
"""Signs of a cell, in units of UTF-16."""
CUT = "…"

# Nothing that somebody wrote is ever taken for a formula, a link or a number.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
TIME_FORMAT = "yyyy-mm-dd hh:mm:ss.000"
TIME_WIDTH, TEXT_WIDTH, LEAST_WIDTH = 24, 32, 10


class Sheet:
    """A workbook of one sheet; whatever it keeps on the disk is gone when its `with` ends."""

    def __init__(self, columns: Columns) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="quiz-")
        self._path = Path(self._folder.name) / "book.xlsx"
        self._book = xlsxwriter.Workbook(self._path, {**OPTIONS, "tmpdir": self._folder.name})
        self._sheet = self._book.add_worksheet()
        self.columns = columns
        self._time = self._book.add_format({"num_format": TIME_FORMAT})
        self._rows = 0
        self._write_header()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # The library would keep the rows of a book that nobody finished.
        self._sheet.row_data_fh.close()
        self._folder.cleanup()

    def add(self, records: Iterable[Record]) -> None:
        """Write more rows.

        Raises TooLongError for more than a sheet can hold, OperatorError where the disk is full.
        """
        names = tuple(enumerate(self.columns.names))
        with _explained():
            for record in records:
                self._rows += 1
                if self._rows == MOST_ROWS:
                    raise TooLongError(
                        f"A spreadsheet holds {MOST_ROWS - 1:,} rows, and this file has more. "
                        "Take it as CSV or NDJSON."
                    )
                for at, name in names:
                    self._write(at, record[name])

    def finish(self) -> Path:
        """Write the file and return its path: until then there is none. Raises OperatorError."""
        self._sheet.autofilter(0, 0, self._rows, len(self.columns.names) - 1)
        with _explained():
            self._book.close()
        return self._path

    def _write_header(self) -> None:
        bold = self._book.add_format({"bold": True})
        self._sheet.freeze_panes(1, 0)
        for at, name in enumerate(self.columns.names):
            self._sheet.set_column(at, at, _width(self.columns, name))
        for at, name in enumerate(self.columns.names):
            self._sheet.write_string(0, at, name, bold)

    def _write(self, at: int, value: object) -> None:
        sheet, row = self._sheet, self._rows
        match value:
            case None:
                pass
            case bool():
                # A word: LibreOffice would make a formula of a truth.
                sheet.write_string(row, at, truth(value))
            case int() | float():
                sheet.write_number(row, at, value)
            case datetime():
                # Spreadsheets know no zones: all times are UTC, as everywhere.
                sheet.write_datetime(
                    row, at, value.astimezone(UTC).replace(tzinfo=None), self._time
                )
            case _:
                sheet.write_string(row, at, _fitting(value))


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (OSError, FileCreateError) as error:
        raise OperatorError(
            f"The spreadsheet cannot be made: {error}. It needs room in {tempfile.gettempdir()}, "
            "about as much as CSV would; TMPDIR names another folder."
        ) from None


def _fitting(value: object) -> str:
    text = value.text if isinstance(value, Structure) else str(value)
    if len(text) <= LONGEST // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _width(columns: Columns, name: str) -> int:
    if name in columns.times:
        return TIME_WIDTH
    least = TEXT_WIDTH if name in columns.text else LEAST_WIDTH
    return max(least, len(name) + 4)  # room for the arrow of the filter
