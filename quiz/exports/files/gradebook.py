"""The file `gradebook`: one row a learner, with the share reached in each pack."""

from __future__ import annotations

from quiz.core.gradebook import Column
from quiz.exports.gradebook import SENTENCE, GradeColumns, Grades, titled
from quiz.exports.lines import ALL_FORMATS, File, Record

SCHEMA_VERSION = 1
LEARNER = ("learner_id", "learner_name", "external_id", "class")

FILE = File(
    title="Grade book",
    sentence=f"{SENTENCE} As a share of all points, 0 to 1.",
    formats=ALL_FORMATS,
    row_bytes=90,
    graded=True,
)


def columns_of(graded: tuple[Column, ...]) -> GradeColumns:
    """Return the learner's columns, and one for each that is graded."""
    names = ("schema_version", *LEARNER, *map(titled, graded))
    return GradeColumns(names, text=frozenset(LEARNER), graded=graded)


def records_before(columns: GradeColumns) -> list[Record]:
    """Return the rows before those of learners: none."""
    return []


def record_of(columns: GradeColumns, grades: Grades) -> Record:
    """Return the row of a line."""
    shares = {
        titled(column): None if reached is None or not column.most else reached / column.most
        for column, reached in zip(columns.graded, grades.reached, strict=True)
    }
    return {
        "schema_version": SCHEMA_VERSION,
        "learner_id": grades.learner.id or None,
        "learner_name": grades.learner.name or None,
        "external_id": grades.learner.external_id or None,
        "class": grades.class_name or None,
        **{name: None if share is None else round(share, 4) for name, share in shares.items()},
    }
