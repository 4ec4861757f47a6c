"""The file `gradebook-canvas`: points for the import of Canvas."""

from __future__ import annotations

from quiz.core.gradebook import Column
from quiz.exports.gradebook import SENTENCE, GradeColumns, Grades, titled
from quiz.exports.lines import File, Record

LEARNER = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POSSIBLE = "    Points Possible"
"""What Canvas knows the second row by; the four spaces belong to it."""

FILE = File(
    title="Grade book for Canvas",
    sentence=f"{SENTENCE} In points, as Canvas imports them; learners are known there by the "
    "external id of your roster, as SIS user id.",
    formats=("csv",),
    row_bytes=70,
    graded=True,
    marked=False,
)


def columns_of(graded: tuple[Column, ...]) -> GradeColumns:
    """Return the columns of Canvas, and one for each that is graded."""
    names = (*LEARNER, *map(titled, graded))
    return GradeColumns(names, text=frozenset(LEARNER), graded=graded)


def records_before(columns: GradeColumns) -> list[Record]:
    """Return the row that says how many points can be reached."""
    most = {titled(column): column.most for column in columns.graded}
    return [{**dict.fromkeys(LEARNER), "Student": POSSIBLE, **most}]


def record_of(columns: GradeColumns, grades: Grades) -> Record:
    """Return the row of a line."""
    points = zip(map(titled, columns.graded), grades.reached, strict=True)
    return {
        "Student": grades.learner.name or grades.learner.id,
        "ID": None,
        "SIS User ID": grades.learner.external_id or None,
        "SIS Login ID": None,
        "Section": grades.class_name or None,
        **dict(points),
    }
