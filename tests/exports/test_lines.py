"""Whatever somebody wrote comes out of every format as it went in."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.formulas import FORMULA_SIGNS
from quiz.exports.cells import structure
from quiz.exports.lines import MAKERS, Columns, Record
from tests.exports.reading import sheet

NOW = datetime(2026, 11, 25, 9, 0, 0, 123456, tzinfo=UTC)
COLUMNS = Columns(
    names=("n", "name", "at", "right", "tags"),
    text=frozenset({"name"}),
    times=frozenset({"at"}),
    truths=frozenset({"right"}),
    structures=frozenset({"tags"}),
)
HOSTILE = [
    '=HYPERLINK("http://x")',
    "-1",
    "@property",
    "+49 30 1",
    'a, "quoted"\r\ntitle\n',
    "Jürgen 🦆 ß",
    " =1+1",
    "＝1",
    "\t=1",
    "_x0041_",
    "' or 1=1",
    "",
]
WRITTEN = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def record(name: str | None) -> Record:
    return {"n": -0.5, "name": name, "at": NOW, "right": False, "tags": structure([name, 1])}


@given(st.lists(WRITTEN, max_size=4))
def test_csv_holds_text_as_it_is_or_guarded(names: list[str]) -> None:
    maker = MAKERS["csv"]
    text = maker.head(COLUMNS) + maker.body(COLUMNS, map(record, names))

    rows = list(csv.DictReader(io.StringIO(text, newline="")))

    assert [row["name"].removeprefix("'") for row in rows] == [n.removeprefix("'") for n in names]
    assert [json.loads(row["tags"]) for row in rows] == [[name, 1] for name in names]
    assert {row["name"].lstrip(" ")[:1] for row in rows}.isdisjoint(FORMULA_SIGNS)
    assert {(row["n"], row["at"], row["right"]) for row in rows} <= {
        ("-0.5", "2026-11-25T09:00:00.123Z", "false")
    }


@given(st.lists(WRITTEN, max_size=4))
def test_ndjson_holds_everything_as_it_is_on_one_line_each(names: list[str]) -> None:
    text = MAKERS["ndjson"].body(COLUMNS, map(record, names))

    lines = text.split("\n")[:-1]

    assert [json.loads(line) for line in lines] == [
        {
            "n": -0.5,
            "name": name,
            "at": "2026-11-25T09:00:00.123Z",
            "right": False,
            "tags": [name, 1],
        }
        for name in names
    ]


@settings(max_examples=25)  # a workbook is made of a dozen files
@given(st.lists(WRITTEN, max_size=4))
def test_a_spreadsheet_holds_text_as_text_and_no_formula(names: list[str]) -> None:
    head, *rows = sheet(COLUMNS, map(record, names))

    assert head == list(COLUMNS.names)
    assert [row[1] or "" for row in rows] == names
    assert [json.loads(str(row[4])) for row in rows] == [[name, 1] for name in names]
    assert {(row[0], row[2], row[3]) for row in rows} <= {
        (-0.5, datetime(2026, 11, 25, 9, 0, 0, 123000), "false")  # noqa: DTZ001 - sheets have no zones
    }


def test_what_is_unknown_is_an_empty_cell_and_null() -> None:
    unknown = {**record(None), "n": None, "at": None, "right": None, "tags": None}

    assert MAKERS["csv"].body(COLUMNS, [unknown]) == ",,,,\r\n"
    assert set(json.loads(MAKERS["ndjson"].body(COLUMNS, [unknown])).values()) == {None}
    assert sheet(COLUMNS, [unknown])[1:] == []


def test_a_title_in_the_header_is_guarded_too() -> None:
    assert MAKERS["csv"].head(Columns(names=("=cmd", "b"))) == "'=cmd,b\r\n"
