"""The table itself: its columns, and the bytes it is."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from quiz.core.errors import OperatorError
from quiz.core.formulas import escaped, unescaped

BOM = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""

NUMBERED = ("option", "match", "wrong", "why", "hint")
COLUMNS = (
    *("topic", "topic id", "id", "kind", "title", "question", "shared", "language", "code"),
    *("columns", "option", "match", "right", "compare", "raises", "indent", "free"),
    *("wrong", "why", "hint", "explanation", "source"),
    *("level", "tags", "points", "shuffle", "score", "v", "was"),
)
"""The names of columns in their order; those numbered stand once for each number."""

ALIASES: Mapping[str, str] = {
    **{"answer": "right", "correct": "right", "hint": "hint 1"},
    **{letter: f"option {n}" for n, letter in enumerate("abcdefghij", 1)},
}
"""Other names that a column may have."""

MOST_COLUMNS = 500

NUMBER = re.compile(r"(\w+) ?([1-9][0-9]{0,2})")

Cells = Mapping[str, str]
"""Texts by the names of their columns, numbers in them; what is empty may be missing."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its first line, its text as it stands in the file, its cells, and those too many."""

    line: int
    source: str
    cells: Cells
    beyond: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """Return what a cell says, "" where it is empty or missing."""
        return self.cells.get(name, "")

    def numbered(self, name: str) -> dict[int, str]:
        """Return the filled cells of a column by their numbers."""
        found = ((NUMBER.fullmatch(key), text) for key, text in self.cells.items() if text)
        named = {int(key[2]): text for key, text in found if key and key[1] == name}
        return dict(sorted(named.items()))


def table(rows: Sequence[Cells]) -> bytes:
    """Return the bytes of a table with the columns that any row fills."""
    filled = {name for row in rows for name, text in row.items() if text} | {"question", "right"}
    names = sorted(filled, key=_place)
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([escaped(row.get(name, "")) for name in names] for row in rows)
    return (BOM + lines.getvalue()).encode()


def _place(name: str) -> tuple[int, int]:
    base, _, number = name.rpartition(" ")
    if number.isdigit():
        return COLUMNS.index(base), int(number)
    return COLUMNS.index(name), 0


def rows_of(text: str, file: str) -> tuple[list[str], list[Row]]:
    """Return the names of the columns and the rows that say anything.

    Raises OperatorError where the text is no table, or has no column `question`.
    """
    lines = text.split("\n")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(lines[0]), strict=True)
    found = _read(reader, file)
    _, head = next(found, (1, []))
    if len(head) > MOST_COLUMNS:
        raise OperatorError(f"{file}:1: there are more than {MOST_COLUMNS} columns. Save fewer.")
    names = [_named(name) for name in head]
    twice = next((name for name, count in Counter(names).items() if name and count > 1), "")
    if twice:
        raise OperatorError(f"{file}:1: two columns are called `{twice}`. Rename one of them.")
    if "question" not in names:
        hint = "Name the column that asks, in the first line."
        raise OperatorError(f"{file}:1: there is no column `question`. {hint}")
    rows: list[Row] = []
    start = reader.line_num
    for end, cells in found:
        texts = [unescaped(cell) for cell in cells]
        if any(cell.strip() for cell in texts):
            said = dict(zip(names, texts, strict=False))
            source = "\n".join(lines[start:end])
            rows.append(Row(start + 1, source, said, tuple(texts[len(names) :])))
        start = end
    return names, rows


def _read(reader: Iterator[list[str]], file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line it ends at."""
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message = f"{file}: row {number + 1} cannot be read: {error}."
            raise OperatorError(f"{message} Save it as CSV anew.") from None
        number += 1
        yield getattr(reader, "line_num", number), cells


def _delimiter(line: str) -> str:
    """Return what parts the columns: spreadsheets use a semicolon where the comma is decimal."""
    return max(",;\t", key=line.count)


def _named(name: str) -> str:
    name = " ".join(name.lower().replace("_", " ").split())
    name = ALIASES.get(name, name)
    number = NUMBER.fullmatch(name)
    return f"{number[1]} {number[2]}" if number and number[1] in NUMBERED else name


def known(name: str) -> bool:
    """Return whether a column means anything here."""
    number = NUMBER.fullmatch(name)
    if number:
        return number[1] in NUMBERED
    return name in COLUMNS and name not in NUMBERED


def numbered(name: str, texts: Iterable[str]) -> dict[str, str]:
    """Return texts as cells of a numbered column."""
    return {f"{name} {number}": text for number, text in enumerate(texts, 1)}
