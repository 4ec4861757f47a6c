"""Few answers make loud numbers: what is shown, with which reason, and what it warns of."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

import pytest

from quiz.core.choices import Choice
from quiz.core.definitions import DEFINITIONS, FLAGS
from quiz.core.items import (
    QuestionStatistics,
    SetStatistics,
    Tries,
    question_statistics,
    set_statistics,
)
from quiz.core.options import OptionStatistics, option_statistics
from quiz.core.showing import (
    flag_options,
    flag_question,
    shown_option,
    shown_question,
    shown_set,
)
from tests.core.tables import WORKED, Table, oracle, tries

QUESTION = QuestionStatistics(
    n=20,
    n_compared=20,
    n_unknown=0,
    facility=0.6,
    sd=0.5,
    random_guess=0.25,
    discrimination_index=40.0,
    discriminative_efficiency=50.0,
    effective_weight=10.0,
    median_time_s=20.0,
    hints_per_attempt=0.0,
)
WHOLE = replace(set_statistics(oracle("B")), median_time_s=20.0)
KEY = OptionStatistics(Choice("a", "right", True), 12, 0.6, 0.9, 0.3, 0.4)
WRONG = OptionStatistics(Choice("b", "wrong", False), 8, 0.4, 0.1, 0.7, -0.4)
GOOD = (KEY, WRONG)


def shown(table: Table) -> tuple[list[QuestionStatistics], SetStatistics]:
    asked = tries(table)
    whole = set_statistics(asked)
    return [shown_question(q, whole) for q in question_statistics(asked).values()], whole


def flagged(*options: OptionStatistics, **numbers: Any) -> set[str]:
    found = replace(QUESTION, **numbers)
    return set(flag_question(found, flag_options(options or GOOD, found.n), WHOLE).flags)


def test_six_answers_show_how_many_were_right_and_no_index() -> None:
    (first, *_), whole = shown(WORKED)

    assert first.facility == pytest.approx(5 / 6)
    assert first.sd is not None
    assert first.discrimination_index is None
    assert first.reasons["discrimination_index"] == "needs 10 answers"
    assert shown_set(whole).mean == pytest.approx(7 / 3)
    assert shown_set(whole).reasons["cic"] == "needs 10 answers"


def test_ten_answers_show_all_of_it() -> None:
    questions, whole = shown([*WORKED, *WORKED[:4]])

    assert [question.reasons for question in questions] == [
        {"random_guess": "it depends on how one guesses", "median_time_s": "no times are known"}
    ] * 4
    assert shown_set(whole).reasons == {"median_time_s": "no times are known"}


def test_different_questions_say_why_there_is_no_weight_and_no_consistency() -> None:
    (first, *_), whole = shown([*WORKED, *WORKED[:4], [1, None, 1, 1]])

    assert first.discrimination_index is not None
    assert first.reasons["effective_weight"] == "only where everybody got the same questions"
    assert shown_set(whole).reasons["cic"] == "only where everybody got the same questions"


def test_two_questions_cannot_agree() -> None:
    _, whole = shown([row[:2] for row in [*WORKED, *WORKED]])

    assert shown_set(whole).reasons["standard_error"] == "needs 3 questions"


def test_what_nobody_differs_in_is_said() -> None:
    (first, *_), _ = shown([[1, n % 2] for n in range(10)])

    assert first.discrimination_index is None
    assert first.reasons["discrimination_index"].startswith("all answers, or all scores")


def test_learners_of_one_question_only_are_not_compared() -> None:
    (first, _), _ = shown([[1, 1], [0, 0], *([1, None] for _ in range(10))])

    reason = "needs 10 learners who answered other questions too"
    assert first.reasons["discrimination_index"] == reason


def test_a_question_that_nobody_answered_says_so() -> None:
    asked = {"q": Tries(1, [], [])}
    whole = set_statistics(asked)

    assert shown_question(question_statistics(asked)["q"], whole).reasons["facility"] == (
        "nobody has answered yet"
    )
    assert shown_set(whole).reasons["mean"] == "nobody has answered yet"


def test_everything_that_is_none_has_a_reason_and_nothing_else_has() -> None:
    table: Table = [*WORKED, *WORKED, [None, 1, 1, 1]]
    questions, whole = shown(table)

    numbers: list[QuestionStatistics | SetStatistics] = [*questions, shown_set(whole)]
    for each in numbers:
        empty = {f.name for f in fields(each) if getattr(each, f.name) is None}
        assert set(each.reasons) == empty


def test_options_show_counts_at_once_and_shares_from_ten_answers_on() -> None:
    choices = (Choice("a", "right", True), Choice("b", "wrong", False))
    option = option_statistics(choices, [frozenset("a")] * 9, [0.5] * 9)[0]

    held_back = shown_option(option, asked=9, compared=9)
    assert (held_back.n, held_back.share) == (9, None)
    assert held_back.reasons["share"] == "needs 10 answers"
    assert shown_option(option, asked=10, compared=3).share == 1.0
    assert "share_top27" in shown_option(option, asked=10, compared=3).reasons


def test_a_good_question_warns_of_nothing() -> None:
    assert flagged() == set()


@pytest.mark.parametrize(
    ("flag", "number"),
    [
        ("key-suspect", {"discrimination_index": -0.1}),
        ("too-easy", {"facility": 0.951}),
        ("too-hard", {"facility": 0.299}),
        ("too-hard", {"facility": 0.049, "random_guess": None}),
        ("dubious", {"discriminative_efficiency": 14.9}),
        ("slow", {"median_time_s": 60.1}),
    ],
)
def test_a_number_out_of_bounds_is_flagged_from_ten_answers_on(
    flag: str, number: dict[str, float | None]
) -> None:
    assert flagged(**number) == {flag}
    assert flagged(n=9, **number) == set()


@pytest.mark.parametrize(
    "number",
    [
        {"discrimination_index": 0.0},
        {"facility": 0.95},
        {"facility": 0.3},
        {"facility": 0.05, "random_guess": None},
        {"discriminative_efficiency": 15.0},
        {"median_time_s": 60.0},
    ],
)
def test_a_number_at_its_bound_is_not(number: dict[str, float | None]) -> None:
    assert flagged(**number) == set()


def test_a_wrong_option_that_the_best_choose_more_than_the_right_one_is_suspected() -> None:
    better = replace(WRONG, point_biserial_rest=0.41)

    assert flagged(KEY, better) == {"key-suspect"}
    assert [o.flags for o in flag_options((KEY, better), 20)] == [(), ("key-suspect",)]
    assert flagged(KEY, replace(WRONG, point_biserial_rest=0.4)) == set()


def test_a_wrong_option_that_hardly_anybody_chooses_is_dead_once_twenty_had_the_chance() -> None:
    idle = replace(WRONG, choice=Choice("c", "idle", False), n=0, share=0.0)
    any_line = replace(idle, choice=Choice("7", "pass", False, offered=False))

    assert flagged(KEY, idle) == {"dead-distractor"}
    assert flagged(KEY, idle, n=19) == set()
    assert flagged(KEY, any_line) == set()
    assert flagged(KEY, replace(idle, share=0.05)) == set()


def test_every_number_and_every_flag_is_defined_in_a_sentence() -> None:
    plain = {"flags", "reasons", "choice", "questions", "fixed", "maximum", "histogram"}
    kinds = (QuestionStatistics, SetStatistics, OptionStatistics)
    numbers = {field.name for kind in kinds for field in fields(kind)} - plain - {"n_compared"}

    assert numbers == set(DEFINITIONS)
    sentences = [each.sentence for each in DEFINITIONS.values()] + list(FLAGS.values())
    assert [s for s in sentences if not re.fullmatch(r"[A-Z].{15,}[.?]", s)] == []
