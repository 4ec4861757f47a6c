"""What a spreadsheet can hold, and what it looks like."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pytest

from quiz.core.errors import TooLongError
from quiz.exports import workbook
from quiz.exports.lines import Columns
from quiz.exports.workbook import LONGEST
from tests.exports.reading import made, sheet

COLUMNS = Columns(names=("name", "n"), text=frozenset({"name"}))


def test_the_header_stays_in_sight_and_filters() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(COLUMNS, [{"name": "Ann", "n": 1}])))
    found = book.worksheets[0]

    assert found.freeze_panes == "A2"
    assert found.auto_filter.ref == "A1:B2"
    assert found.column_dimensions["A"].width > found.column_dimensions["B"].width


@pytest.mark.parametrize("text", ["x" * LONGEST, "🦆" * (LONGEST // 2)])
def test_a_text_as_long_as_a_cell_can_hold_is_whole(text: str) -> None:
    assert sheet(COLUMNS, [{"name": text, "n": None}])[1][0] == text


@pytest.mark.parametrize("text", ["x" * (LONGEST + 1), "🦆" * LONGEST, "x" + "🦆" * LONGEST])
def test_a_longer_one_ends_with_a_sign_that_says_so(text: str) -> None:
    found = str(sheet(COLUMNS, [{"name": text, "n": None}])[1][0])

    assert found.endswith("…")
    assert text.startswith(found[:-1])
    assert LONGEST - 2 <= len(found.encode("utf-16-le")) // 2 <= LONGEST


def test_more_rows_than_a_sheet_can_hold_are_refused_with_a_way_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    row = {"name": "Ann", "n": 1}

    assert len(sheet(COLUMNS, [row, row])) == 3
    with pytest.raises(TooLongError, match=r"holds 2 rows, .* Take it as CSV or NDJSON"):
        sheet(COLUMNS, [row, row, row])


def test_a_time_has_no_zone_and_shows_its_milliseconds() -> None:
    at = datetime.fromisoformat("2026-11-25T10:00:00.250+01:00")
    book = openpyxl.load_workbook(io.BytesIO(made(Columns(names=("at",)), [{"at": at}])))
    cell = book.worksheets[0]["A2"]

    assert cell.value == datetime(2026, 11, 25, 9, 0, 0, 250000)  # noqa: DTZ001 - as sheets have it
    assert cell.number_format == "yyyy-mm-dd hh:mm:ss.000"
