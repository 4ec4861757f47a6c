"""The file `gradebook-moodle`: points for the import of Moodle."""

from __future__ import annotations

from collections import Counter

from quiz.core.gradebook import Column
from quiz.exports.gradebook import SENTENCE, GradeColumns, Grades, titled
from quiz.exports.lines import File, Record

LEARNER = ("ID number", "Email address")

FILE = File(
    title="Grade book for Moodle",
    sentence=f"{SENTENCE} In points, as Moodle imports them; learners are known there by the "
    "external id of your roster, an ID number or an address of mail.",
    formats=("csv",),
    row_bytes=50,
    graded=True,
    marked=False,
)


def columns_of(graded: tuple[Column, ...]) -> GradeColumns:
    """Return the columns of Moodle, and one for each that is graded."""
    names = (*LEARNER, *_names(graded))
    return GradeColumns(names, text=frozenset(LEARNER), graded=graded)


def records_before(columns: GradeColumns) -> list[Record]:
    """Return the rows before those of learners: none."""
    return []


def record_of(columns: GradeColumns, grades: Grades) -> Record:
    """Return the row of a line; who has no external id stands there with the id of this app."""
    known_as = grades.learner.external_id or grades.learner.id
    is_mail = "@" in known_as
    return {
        "ID number": None if is_mail else known_as or None,
        "Email address": known_as if is_mail else None,
        **dict(zip(_names(columns.graded), grades.reached, strict=True)),
    }


def _names(graded: tuple[Column, ...]) -> list[str]:
    """Return the names of columns: titles, with ids where titles would be the same."""
    often = Counter(column.title for column in graded)
    titles = (c.title if often[c.title] == 1 else titled(c) for c in graded)
    return [f"Quiz: {title} (Real)" for title in titles]
