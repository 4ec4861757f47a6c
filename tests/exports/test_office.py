"""Files in the programs that people open them with: LibreOffice, and pandas for who computes."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from quiz.exports.cells import structure
from quiz.exports.lines import BOM, MAKERS, Columns, Record
from tests.exports.reading import made

OFFICE, TABLE, TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text")
)
SOFFICE = shutil.which("soffice")
COLUMNS = Columns(
    names=("n", "name", "at", "right", "tags", '=1+1, "title"'),
    text=frozenset({"name"}),
    times=frozenset({"at"}),
    truths=frozenset({"right"}),
    structures=frozenset({"tags"}),
)
NAMES = [
    '=HYPERLINK("http://x")',
    "-1",
    "@property",
    "+1",
    'a, "quoted"\ntitle',
    "Jürgen Größe 🦆",
    "ends",
]
RECORDS: list[Record] = [
    {
        "n": -0.5,
        "name": name,
        "at": datetime(2026, 11, 25, 9, 0, 0, 250000, tzinfo=UTC),
        "right": True,
        "tags": structure([name]),
        '=1+1, "title"': 2,
    }
    for name in NAMES
]


def as_csv() -> bytes:
    maker = MAKERS["csv"]
    return (BOM + maker.head(COLUMNS) + maker.body(COLUMNS, RECORDS)).encode()


needs_office = pytest.mark.skipif(
    SOFFICE is None and "SKIP_NOTHING" not in os.environ, reason="LibreOffice is missing"
)


def convert(folder: Path, name: str, *words: str) -> None:
    """Let LibreOffice open a file and save it as XML beside it."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    out = ("--convert-to", "fods", "--outdir", str(folder))
    command = [str(SOFFICE), profile, "--headless", *words, *out, str(folder / name)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ElementTree.Element]:
    """The sheets that LibreOffice makes of both files: it opens them and saves them as XML."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "sheet.xlsx").write_bytes(made(COLUMNS, RECORDS))
    (folder / "text.csv").write_bytes(as_csv())
    convert(folder, "sheet.xlsx")
    # Without a person to ask, it takes no notice of the mark: 44 is a comma, 34 a quote, 76 UTF-8.
    convert(folder, "text.csv", "--infilter=Text - txt - csv (StarCalc):44,34,76")
    return {
        name: ElementTree.parse(folder / f"{name}.fods").getroot()  # noqa: S314 - a file of ours
        for name in ("sheet", "text")
    }


def cells(sheet: ElementTree.Element) -> list[list[ElementTree.Element]]:
    """Return the cells of the rows that have any, each of them once."""
    rows = [row.findall(f"{TABLE}table-cell") for row in sheet.iter(f"{TABLE}table-row")]
    return [row for row in rows if any(cell.get(f"{OFFICE}value-type") for cell in row)]


def text(cell: ElementTree.Element) -> str:
    """Return what a cell shows."""
    return "\n".join("".join(line.itertext()) for line in cell.findall(f"{TEXT}p"))


@needs_office
@pytest.mark.parametrize("name", ["sheet", "text"])
def test_libreoffice_finds_no_formula_and_no_link(
    opened: dict[str, ElementTree.Element], name: str
) -> None:
    found = list(opened[name].iter())

    assert len(cells(opened[name])) == len(NAMES) + 1
    assert [each.attrib for each in found if f"{TABLE}formula" in each.attrib] == []
    assert list(opened[name].iter(f"{TEXT}a")) == []


@needs_office
def test_libreoffice_shows_text_as_it_is_and_guarded_in_csv(
    opened: dict[str, ElementTree.Element],
) -> None:
    sheet, csv = ([text(row[1]) for row in cells(opened[name])[1:]] for name in ("sheet", "text"))

    assert sheet == NAMES
    assert [name.removeprefix("'") for name in csv] == NAMES


@needs_office
def test_libreoffice_takes_times_for_times_and_numbers_for_numbers(
    opened: dict[str, ElementTree.Element],
) -> None:
    for name, number, time, right, *_ in map(_typed, cells(opened["sheet"])[1:]):
        assert name == "string"
        assert number == ("float", "-0.5")
        assert time == ("date", "2026-11-25T09:00:00.25")
        assert right == "true"


def _typed(row: list[ElementTree.Element]) -> tuple[object, ...]:
    number, name, time, right, *_ = row
    kind = f"{OFFICE}value-type"
    return (
        name.get(kind),
        (number.get(kind), number.get(f"{OFFICE}value")),
        (time.get(kind), time.get(f"{OFFICE}date-value")),
        text(right),
    )


def test_pandas_reads_csv_and_spreadsheet_alike(tmp_path: Path) -> None:
    (tmp_path / "file.xlsx").write_bytes(made(COLUMNS, RECORDS))
    pandas: Any = import_module("pandas")  # it ships no types

    text = pandas.read_csv(io.BytesIO(as_csv()), parse_dates=["at"])
    sheet = pandas.read_excel(tmp_path / "file.xlsx")

    assert list(sheet["name"]) == NAMES
    assert [name.removeprefix("'") for name in text["name"]] == NAMES
    assert text["n"].sum() == sheet["n"].sum() == -0.5 * len(NAMES)
    assert bool(text["right"].all())
    assert bool(sheet["right"].all())
    assert list(text["at"].dt.tz_localize(None)) == list(sheet["at"])
