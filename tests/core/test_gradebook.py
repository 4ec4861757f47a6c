"""What tries add up to in a grade book."""

import pytest

from quiz.core.gradebook import Column, counted

COLUMN = Column("p", "Pack", "p", {"a": 1.0, "b": 2.0, "c": 0.5})
TRIES = [
    (("p", "a"), 0.0),
    (("p", "b"), 0.5),
    (("p", "a"), 1.0),
    (("q", "c"), 1.0),
    (("p", "a"), 0.5),
]


@pytest.mark.parametrize(("which", "points"), [("best", 2.0), ("first", 1.0), ("last", 1.5)])
def test_each_question_counts_with_the_try_that_was_chosen(which: str, points: float) -> None:
    assert COLUMN.reached(counted(TRIES, which)) == points


def test_a_question_without_a_try_is_worth_nothing_and_none_at_all_is_empty() -> None:
    assert COLUMN.reached({("p", "c"): 1.0}) == 0.5
    assert COLUMN.reached({("q", "c"): 1.0}) is None
    assert COLUMN.most == 3.5


def test_a_wrong_answer_is_a_try() -> None:
    assert COLUMN.reached(counted([(("p", "a"), 0.0)], "best")) == 0.0
