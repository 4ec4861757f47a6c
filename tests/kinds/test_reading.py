"""Answers are read before they are graded: what is kept, what is asked again, and why."""

from __future__ import annotations

import pytest

from quiz.core.errors import AnswerError
from quiz.core.kinds import JSON, Form, Pending
from quiz.core.questions import Question
from quiz.kinds.order import Order, OrderAsk
from tests.kinds.asking import asked, named, reviewed, seed_of


def read(id: str, form: Form) -> JSON:
    question = named(id)
    return question.wording.body.read(form, seed_of(question))


def refusal(id: str, form: Form) -> str:
    with pytest.raises(AnswerError) as refused:
        read(id, form)
    return str(refused.value)


def test_ticks_are_kept_by_letter_in_file_order() -> None:
    seed = seed_of(named("hashable"))
    ticks = [seed.token(text) for text in ("`frozenset({1})`", "`[1, 2]`", "`(1, 2)`")]

    assert read("hashable", {"choice": ticks}) == ["a", "b", "d"]


def test_true_stands_first_however_the_file_has_it() -> None:
    question = named("false-first")

    assert question.wording.body.review(seed_of(question), None)[0].text == "True"  # type: ignore[index]
    html = asked(question, {})
    assert html.index(">True<") < html.index(">False<")


def test_a_number_is_kept_in_one_way_of_writing() -> None:
    assert read("sqrt2", {"answer": [" 1,4140 "]}) == "1.414"


def test_an_unreadable_number_is_said_back() -> None:
    assert refusal("sqrt2", {"answer": ["1,,4"]}) == (
        "Write a number, such as 3.5. You wrote ‘1,,4’."
    )


def test_empty_blanks_are_named() -> None:
    form = {"blank-1": ["a"], "blank-2": [" "], "blank-3": ["c"]}

    assert refusal("blanks-in-strings", form) == "Blanks 2, 4 are empty. Fill in every blank."
    form |= {"blank-4": ["1"]}
    assert refusal("blanks-in-strings", form) == "Blank 2 is empty. Fill in every blank."


def test_what_is_typed_into_blanks_is_kept_as_typed() -> None:
    form = {f"blank-{n}": [f" {n} "] for n in range(1, 5)}

    assert read("blanks-in-strings", form) == {"1": " 1 ", "2": " 2 ", "3": " 3 ", "4": " 4 "}


def test_a_blank_inside_a_string_is_a_field_too() -> None:
    html = asked(named("blanks-in-strings"), {})

    assert [html.count(f'name="blank-{n}"') for n in range(1, 5)] == [1, 1, 1, 1]


def test_rows_are_kept_by_number_and_a_row_without_a_choice_is_named() -> None:
    question = named("match-slices")
    form = question.wording.body.samples(seed_of(question)).right

    assert read("match-slices", form) == {"1": "1", "2": "2", "3": "3", "4": "4"}
    last = list(form)[-1]
    assert '`"quiz"[1:3]`' in refusal("match-slices", {**form, last: [""]})


def test_lines_and_no_line_at_once_are_a_contradiction() -> None:
    question = named("no-line-wrong")
    line = question.wording.body.samples(seed_of(question)).wrong["line"][0]

    assert read("no-line-wrong", {"line": [line]}) == ["1"]
    assert read("no-line-wrong", {"line": ["none"]}) == []
    assert "too" in refusal("no-line-wrong", {"line": [line, "none"]})


def test_an_empty_line_cannot_be_ticked() -> None:
    question = named("no-line-wrong")

    assert asked(question, {}).count('name="line"') == 3
    assert "not a line" in refusal("no-line-wrong", {"line": [seed_of(question).token("\0001")]})


@pytest.mark.parametrize(
    "typed",
    ["JSONDecodeError", " json.JSONDecodeError ", "json.decoder.JSONDecodeError: Expecting"],
)
def test_an_exception_is_known_by_the_last_part_of_its_name(typed: str) -> None:
    form = {"output": [""], "ends": ["raises"], "exception": [typed]}

    assert read("dotted-exception", form) == {"output": "", "raises": "JSONDecodeError"}


def test_an_ending_must_be_said_and_an_exception_named() -> None:
    assert "how the program ends" in refusal("index-error", {"output": ["2"]})
    assert "name of the exception" in refusal("index-error", {"output": ["2"], "ends": ["raises"]})


def test_a_program_that_ends_normally_has_no_exception_whatever_stands_in_the_field() -> None:
    form = {"output": ["x"], "ends": ["normally"], "exception": ["KeyError"]}

    assert read("index-error", form) == {"output": "x", "raises": None}


def test_own_words_come_before_the_model_answer_and_the_grade_after_it() -> None:
    assert "own words" in refusal("name-object", {"self_grade": ["yes"]})
    assert read("name-object", {"words": ["mine"]}) == Pending({"words": ["mine"]}, reveal=True)
    assert "Say whether" in refusal("name-object", {"words": ["mine"], "self_grade": ["maybe"]})
    assert read("name-object", {"words": ["mine"], "self_grade": ["no"]}) == {
        "words": "mine",
        "self_grade": "no",
    }


def shown(question: Question, form: Form) -> OrderAsk:
    body = question.wording.body
    assert isinstance(body, Order)
    return body.ask(seed_of(question), form)


def fields(view: OrderAsk) -> dict[str, list[str]]:
    """Return what a browser sends for an arrangement."""
    return {
        "line": [line.token for line in view.line],
        "indent": [str(line.level) for line in view.line],
        "spare": [line.token for line in view.spare],
    }


def test_a_move_is_no_answer_but_another_arrangement() -> None:
    question = named("order-count")
    first = shown(question, {})
    token = first.line[1].token

    moved = read("order-count", {**fields(first), "move": [f"up {token}"]})

    assert isinstance(moved, Pending)
    assert not moved.reveal
    assert [line.token for line in shown(question, moved.form).line][:2] == [
        token,
        first.line[0].token,
    ]


def test_buttons_alone_lead_from_the_mixed_lines_to_the_solution() -> None:
    question = named("order-count")
    solution = question.wording.body.samples(seed_of(question)).right
    view = shown(question, {})

    def press(move: str) -> OrderAsk:
        assert f'value="{move}"' in asked(question, fields(view))
        pending = read("order-count", {**fields(view), "move": [move]})
        assert isinstance(pending, Pending)
        return shown(question, pending.form)

    for token in solution["spare"]:
        view = press(f"drop {token}")
    for at, token in enumerate(solution["line"]):
        while [line.token for line in view.line].index(token) > at:
            view = press(f"up {token}")
        for _ in range(int(solution["indent"][at])):
            view = press(f"in {token}")

    response = read("order-count", fields(view))
    assert response == ["1:0", "2:1", "3:1", "4:2", "5:3", "6:1", "7:0"]
    assert question.wording.body.grade(response).score == 1.0


def test_lines_that_look_alike_may_be_exchanged() -> None:
    question = named("blocks-and-ranges")
    form = dict(question.wording.body.samples(seed_of(question)).right)
    one, two, three, four = form["line"]

    assert read("blocks-and-ranges", {**form, "line": [one, two, four, three]}) == list("1234")


def test_lines_that_look_alike_stand_at_their_own_depth() -> None:
    question = named("equal-lines")
    form = dict(question.wording.body.samples(seed_of(question)).right)
    form["indent"] = ["0", "2", "0", "1", "1"]

    response = read("equal-lines", form)

    assert response == ["1:0", "2:2", "3:0", "4:1", "5:1"]
    assert question.wording.body.grade(response).score == pytest.approx(0.6)


def test_feedback_is_found_by_what_was_meant_not_by_how_it_was_typed() -> None:
    for id, form, key in [
        ("len-name", {"answer": [" `length` "]}, "length"),
        ("in-range", {"answer": ["2.00"]}, "2"),
        ("nothing-printed", {"output": ["1 \n"], "ends": ["normally"]}, "1"),
    ]:
        question = named(id)
        assert question.wording.body.grade(read(id, form)).signs == (key,)
        assert key in question.commentary.remarks


def test_points_of_a_model_answer_are_shown_with_it() -> None:
    html = reviewed(named("with-points"), None)

    assert "The <strong>first</strong> point" in html
    assert "A model with code" in html
