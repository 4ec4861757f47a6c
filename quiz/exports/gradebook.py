"""What the files of grade books share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quiz.core.gradebook import Column
from quiz.exports.learners import Learner
from quiz.exports.lines import Columns

SENTENCE = (
    "One row a learner, one column a pack and a piece of work. Each question counts with its best, "
    "first or last try, and one without a try with nothing."
)


@dataclass(frozen=True, slots=True)
class GradeColumns(Columns):
    """The columns of a grade book, with those that are graded."""

    graded: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Grades:
    """A line: `reached` are the points in each graded column, None where nothing was tried.

    The learner's id is "" for who is awaited under a name; `class_name` is "" outside of a class.
    """

    learner: Learner
    class_name: str
    reached: Sequence[float | None]


def titled(column: Column) -> str:
    """Return the title of a column, with the id that tells it from others of this title."""
    return f"{column.title} ({column.id})"
