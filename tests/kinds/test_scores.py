"""How much of a question an answer is worth, kind by kind."""

from __future__ import annotations

import pytest

from quiz.core.kinds import Seed
from quiz.core.numbers import Interval
from quiz.core.numbers import read_number as number
from quiz.core.ordering import Piece
from quiz.core.tasklists import Option
from quiz.kinds.cloze import Cloze
from quiz.kinds.match import Match
from quiz.kinds.multiple import Multiple
from quiz.kinds.number import Number
from quiz.kinds.order import Order
from quiz.kinds.pick import Pick
from quiz.kinds.predict import Predict
from quiz.kinds.recall import Recall
from quiz.kinds.single import Single
from quiz.kinds.text import Text

SEED = Seed(b"", "")
MULTIPLE = Multiple(tuple(Option(key, key, key in "abc") for key in "abcde"))
PICK = Pick(("a", "b", "c", "d", "e"), "python", (1, 2, 3))


@pytest.mark.parametrize(
    ("ticks", "score"),
    [("abc", 1.0), ("ab", 2 / 3), ("abd", 1 / 3), ("abcde", 1 / 3), ("ad", 0.0), ("de", 0.0)],
)
def test_right_ticks_less_wrong_ones_by_what_is_right(ticks: str, score: float) -> None:
    lines = [str("abcde".index(tick) + 1) for tick in ticks]

    assert MULTIPLE.grade(list(ticks)).score == pytest.approx(score)
    assert PICK.grade(lines).score == pytest.approx(score)


def test_no_line_is_the_whole_answer_or_none_of_it() -> None:
    harmless = Pick(("a", "b"), "python", ())

    assert harmless.grade([]).score == 1.0
    assert harmless.grade(["1"]).score == 0.0
    assert PICK.grade([]).score == 0.0


def test_ticks_and_lines_call_up_their_reasons() -> None:
    assert MULTIPLE.grade(["a", "d"]).signs == ("a", "d")
    assert PICK.grade(["1", "4"]).signs == ("1", "4")


def test_each_blank_counts_alike_and_each_accepted_fill_is_as_good() -> None:
    cloze = Cloze("____ ____ ____ ____", "", (("a", "A"), ("b",), ("c",), ("'d'",)))

    assert cloze.grade({"1": "A", "2": " b ", "3": "`c`", "4": '"d"'}).score == 1.0
    assert cloze.grade({"1": "a", "2": "B", "3": "x  y", "4": "d"}).score == 0.25
    assert cloze.grade({"1": "a", "2": "B", "3": "x  y", "4": "d"}).signs == ("2=B", "3=x y", "4=d")


def test_each_row_counts_alike() -> None:
    match = Match(("L", "R"), (("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")), ("5",))

    assert match.grade({"1": "1", "2": "2", "3": "3", "4": "4"}).score == 1.0
    assert match.grade({"1": "1", "2": "5", "3": "4", "4": "3"}).score == 0.25


@pytest.mark.parametrize(
    ("keys", "score"),
    [
        (["1:0", "2:1", "3:1", "4:0"], 1.0),
        (["1:0", "3:1", "2:1", "4:0"], 1.0),
        (["4:0", "1:0", "2:1", "3:1"], 0.75),
        (["1:0", "2:1", "3:2", "4:0"], 0.75),
        (["1:0", "2:1", "3:1", "d1:0", "4:0"], 0.75),
        (["1:0", "2:1", "3:1"], 0.75),
        (["4:1", "2:0", "d1:0", "3:0", "1:1"], 0.0),
    ],
)
def test_moves_to_the_nearest_right_order_are_taken_off(keys: list[str], score: float) -> None:
    solution = (Piece("1", "a"), Piece("2", "b", 1), Piece("3", "c", 1), Piece("4", "d"))
    order = Order("python", solution, (Piece("d1", "e"),), ((2, 3),), indent=True)

    assert order.grade(keys).score == pytest.approx(score)


def test_a_wrong_order_names_the_first_wrong_line_and_keeps_the_arrangement() -> None:
    order = Order("python", tuple(Piece(str(n), f"line {n}") for n in range(1, 5)))

    review = order.review(SEED, ["1", "3", "2", "4"])

    assert review.mine == ("line 1", "line 3", "line 2", "line 4")
    assert review.solution == ("line 1", "line 2", "line 3", "line 4")
    assert review.first_wrong == 2
    assert order.review(SEED, ["1", "2", "3"]).first_wrong == 4
    assert order.review(SEED, ["1", "2", "3", "4"]).first_wrong == 0


def test_equal_lines_in_a_free_range_are_right_in_any_order_of_their_depths() -> None:
    solution = (Piece("1", "pass"), Piece("2", "pass", 1), Piece("3", "end"))
    order = Order("python", solution, free=((1, 2),), indent=True)

    assert order.grade(["1:1", "2:0", "3:0"]).score == 1
    assert order.review(SEED, ["1:1", "2:0", "3:0"]).first_wrong == 0


def test_typed_lines_are_compared_as_the_author_says() -> None:
    assert Text(("xs = 'a'",)).grade(' `xs  =  "a"` ').score == 1.0
    assert Text(("len",)).grade("Len").score == 0.0
    assert Text(("A method",), "text").grade("a  METHOD.").score == 1.0
    assert Text(("it’s",), "text").grade("it's").score == 1.0
    assert Text(("a b",), "exact").grade("a  b").score == 0.0
    assert Text(("café",), "exact").grade("cafe\u0301").score == 1.0


@pytest.mark.parametrize(
    ("typed", "score"), [("1.4", 1.0), ("1.42", 1.0), ("1.39999999999", 0.0), ("1.4200001", 0.0)]
)
def test_both_ends_of_a_range_are_right_and_nothing_beyond(typed: str, score: float) -> None:
    low, high = number("1.40"), number("1,42")
    assert low is not None
    assert high is not None

    assert Number(Interval(low, high), "").grade(typed).score == score


def test_a_decimal_fraction_is_not_a_float() -> None:
    third = number("0.3")
    assert third is not None

    assert Number(Interval(third, third), "").grade("0.30000000000000000001").score == 0.0


@pytest.mark.parametrize(
    ("output", "raises", "score"),
    [
        ("1\n2", "KeyError", 1.0),
        ("1  \r\n2\n\n", "KeyError", 1.0),
        ("1\n2", None, 0.0),
        ("1\n2", "ValueError", 0.0),
        ("1\n\n2", "KeyError", 0.0),
        (" 1\n2", "KeyError", 0.0),
    ],
)
def test_a_prediction_is_output_and_ending(output: str, raises: str | None, score: float) -> None:
    predict = Predict("", "python", "1\n2", "KeyError")

    assert predict.grade({"output": output, "raises": raises}).score == score


def test_the_first_line_that_differs_is_marked() -> None:
    predict = Predict("", "python", "1\n2\n3")

    lines = predict.review(SEED, {"output": "1\n3", "raises": None}).lines

    assert [line.first for line in lines] == [False, True, False]
    assert [line.same for line in lines] == [True, False, False]


def test_own_words_are_worth_what_the_learner_says() -> None:
    assert Recall("m").grade({"words": "w", "self_grade": "yes"}).score == 1.0
    assert Recall("m").grade({"words": "w", "self_grade": "no"}).score == 0.0


def test_blind_guessing_earns_a_share_where_it_is_defined() -> None:
    match = Match(("L", "R"), (("a", "1"), ("b", "2"), ("c", "3")), ("4",))
    order = Order("", tuple(Piece(str(n), str(n)) for n in range(1, 5)), free=((1, 2),))

    assert Single(MULTIPLE.options).guess() == 0.2
    assert match.guess() == 0.25
    assert order.guess() == 2 / 24
    assert Text(("len",)).guess() == 0.0
    assert (MULTIPLE.guess(), PICK.guess()) == (None, None)


def test_only_the_lines_that_are_meant_are_offered() -> None:
    offered = [choice.key for choice in PICK.choices() if choice.offered]

    assert offered == ["1", "2", "3"]
    assert PICK.chosen([]) == {"none"}
    assert [c.text for c in PICK.choices()][-1] == "No line is wrong"
