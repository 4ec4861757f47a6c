"""Equal lines are told apart, different ones are found."""

from quiz.core.blanks import pieces, visible
from quiz.core.lines import compared, told_apart


def test_equal_lines_get_different_names_that_do_not_depend_on_what_stands_between() -> None:
    assert len(set(told_apart(["x", "y", "x"]))) == 3
    assert sorted(told_apart(["x", "y", "x"])) == sorted(told_apart(["x", "x", "y"]))


def test_the_first_difference_is_marked_and_only_that() -> None:
    lines = compared(["1", "2", "4", "5"], ["1", "3", "4"])

    assert [line.first for line in lines] == [False, True, False, False]
    assert [line.same for line in lines] == [True, False, True, False]
    assert (lines[3].mine, lines[3].expected) == ("5", None)


def test_equal_texts_have_no_first_difference() -> None:
    assert not any(line.first for line in compared(["1"], ["1"]))


def test_a_blank_touches_no_word() -> None:
    assert pieces("x = ____\nfoo____ and ___\n") == [["x = ", ""], ["foo____ and ", ""]]
    assert pieces("__init__(___, ____)") == [["__init__(", ", ", ")"]]


def test_an_answer_is_visible_only_as_a_whole() -> None:
    assert visible("commit", ["await session.commit()"])
    assert not visible("commit", ["await session.commits()"])
    assert not visible("x", ["x = 1"])
    assert not visible(">=", ["a >= b"])
