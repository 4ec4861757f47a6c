"""A roster as a table of text: names, and the ids that somebody else's system gave.

One line a learner, name first; a first line of headings may say otherwise. What parts the columns
is found out: a tab, a semicolon or a comma.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quiz.core.names import LONGEST, key_of, wrong_with

COLUMNS = ("name", "external_id")
PARTED_BY = ("\t", ";", ",")
"""What may part the columns, the least likely in a name first."""
MOST = 2_000
"""Lines of a roster."""
MOST_TEXT = 100_000
"""Characters of a roster."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A learner of a roster; `external_id` is "" without one."""

    line: int
    name: str
    external_id: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a line."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster that was read; where there is a trouble, nothing of it should be used."""

    listed: tuple[Listed, ...]
    troubles: tuple[Trouble, ...]


Row = tuple[int, list[str]]
"""The cells of a line that holds something, and its number."""


def read_roster(text: str) -> Roster:
    """Return the learners of a roster and everything that is wrong with it, line by line."""
    if len(text) > MOST_TEXT:
        return Roster((), (Trouble(1, f"A roster has at most {MOST_TEXT:,} characters."),))
    rows = _rows(text.removeprefix("\ufeff"))
    if not rows:
        return Roster((), (Trouble(1, "There is no line with a name."),))
    order, rows, troubles = _headed(rows)
    if len(rows) > MOST:
        troubles.append(Trouble(rows[MOST][0], f"A roster has at most {MOST:,} lines."))
    if troubles:
        return Roster((), tuple(troubles))
    listed = [_listed(row, order, troubles) for row in rows]
    known = [one for one in listed if one]
    troubles += _repeated(known)
    return Roster(tuple(known), tuple(sorted(troubles, key=lambda trouble: trouble.line)))


def _rows(text: str) -> list[Row]:
    """Return the cells of all lines, parted by what gives two columns, else by nothing at all."""
    tables = [_parted(text, sign) for sign in PARTED_BY]
    if not all(tables):
        return []  # there are only signs that part
    for table in tables:
        widths = {len(cells) for _, cells in table}
        if 2 in widths and max(widths) <= 2:
            return table
    return max(tables, key=lambda table: max((len(cells) for _, cells in table), default=0))


def _parted(text: str, sign: str) -> list[Row]:
    lines = io.StringIO(text, newline="")  # a line ends where a file says so, and nowhere else
    reader = csv.reader(lines, delimiter=sign, skipinitialspace=True)
    found: list[Row] = []
    line = 1  # where a row begins: quotes may hold line breaks
    for cells in reader:
        stripped = [cell.strip() for cell in cells]
        while stripped and not stripped[-1]:
            stripped.pop()
        if stripped:
            found.append((line, stripped))
        line = reader.line_num + 1
    return found


def _headed(rows: list[Row]) -> tuple[Mapping[str, int], list[Row], list[Trouble]]:
    """Return where the columns stand, the rows without a line of headings, and what is wrong."""
    line, cells = rows[0]
    heads = ["_".join(cell.casefold().replace("-", " ").split()) for cell in cells]
    if not set(heads) & set(COLUMNS):
        return {name: at for at, name in enumerate(COLUMNS)}, rows, []
    strange = [cell for cell, head in zip(cells, heads, strict=True) if head not in COLUMNS]
    wrong = ""
    if strange:
        wrong = f"There is no column “{strange[0][:20]}”; the columns are {' and '.join(COLUMNS)}."
    elif "name" not in heads or len(set(heads)) < len(heads):
        wrong = "The headings name each column once, and “name” is one of them."
    order = {head: at for at, head in enumerate(heads)}
    return order, rows[1:], [Trouble(line, wrong)] if wrong else []


def _listed(row: Row, order: Mapping[str, int], troubles: list[Trouble]) -> Listed | None:
    line, cells = row
    name, external_id = (_cell(cells, order.get(column)) for column in COLUMNS)
    wrong = ""
    if len(cells) > len(COLUMNS):
        wrong = (
            f"There are {len(cells)} columns; a line has a name and, if you like, an external id. "
            "Put quotes around what holds a comma."
        )
    elif said := wrong_with(name):
        wrong = f"A name has 1 to {LONGEST} characters; this one {said}."
    elif external_id and (said := wrong_with(external_id)):
        wrong = f"An external id has at most {LONGEST} characters; this one {said}."
    if wrong:
        troubles.append(Trouble(line, wrong))
        return None
    return Listed(line, name, external_id)


def _cell(cells: Sequence[str], at: int | None) -> str:
    return cells[at] if at is not None and at < len(cells) else ""


def _repeated(listed: Sequence[Listed]) -> list[Trouble]:
    """Tell of ids that come twice, and of names that come twice where an id is missing."""
    ids: dict[str, int] = {}
    names: dict[str, Listed] = {}
    found = []
    for one in listed:
        before = ids.setdefault(one.external_id, one.line) if one.external_id else one.line
        if before != one.line:
            said = f"The external id “{one.external_id}” stands in line {before} already."
            found.append(Trouble(one.line, said))
        same = names.setdefault(key_of(one.name), one)
        if same is not one and not (same.external_id and one.external_id):
            said = (
                f"The name “{one.name}” stands in line {same.line} already. Give both an external "
                "id, so that they can be told apart."
            )
            found.append(Trouble(one.line, said))
    return found
