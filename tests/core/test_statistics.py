"""Item analysis gives the numbers that others found for the same marks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core import statistics as formulas
from quiz.core.items import (
    QuestionStatistics,
    Tries,
    paired,
    question_statistics,
    set_statistics,
    totals_of,
)
from tests.core.tables import ORACLES, WORKED, Table, oracle, tries

A, B, B_SET = ORACLES["A"], ORACLES["B"], ORACLES["B set"]
PERCENTAGES = ("effective_weight", "discrimination_index", "discriminative_efficiency")


def column(found: Sequence[QuestionStatistics], name: str, times: float = 1) -> list[float | None]:
    values = [getattr(question, name) for question in found]
    return [None if value is None else value * times for value in values]


def same(found: float | None, expected: float | None, tolerance: float = 1e-6) -> bool:
    """Return whether both are a number or none; where nothing differs, 0 and None are the same."""
    if found is None or expected is None:
        return not (found or expected)
    return found == pytest.approx(expected, abs=tolerance, rel=0)


@pytest.mark.parametrize(
    ("name", "times", "expected"),
    [
        ("facility", 100, A["facility x 100"]),
        ("sd", 1000, A["sd x 1000"]),
        *((name, 1, A[name]) for name in PERCENTAGES),
    ],
)
def test_twenty_questions_of_unequal_worth_come_out_as_moodle_has_them(
    name: str, times: float, expected: list[float | None]
) -> None:
    found = column(list(question_statistics(oracle("A")).values()), name, times)

    pairs = zip(found, expected, strict=True)
    assert [pair for pair in pairs if not same(*pair)] == []


@pytest.mark.parametrize(
    ("name", "rel"), [("facility", 1e-6), ("sd", 1e-6), *((name, 1e-5) for name in PERCENTAGES)]
)
def test_seven_questions_that_contradict_each_other_come_out_as_moodle_has_them(
    name: str, rel: float
) -> None:
    found = column(list(question_statistics(oracle("B")).values()), name)

    assert found == pytest.approx(B[name], rel=rel)


def test_the_covariances_behind_them_come_out_too() -> None:
    totals = [sum(row) for row in B["marks"]]
    marks = [list(each) for each in zip(*B["marks"], strict=True)]
    rests = [[t - m for t, m in zip(totals, each, strict=True)] for each in marks]
    pairs = list(zip(marks, rests, strict=True))

    assert [formulas.variance(each) for each in marks] == pytest.approx(B["variance"], rel=1e-6)
    assert [formulas.variance(r) for r in rests] == pytest.approx(B["rest_variance"], rel=1e-6)
    assert [formulas.covariance(*p) for p in pairs] == pytest.approx(B["covariance"], rel=1e-5)
    greatest = [formulas.greatest_covariance(*pair) for pair in pairs]
    assert greatest == pytest.approx(B["greatest_covariance"], rel=1e-6)


@pytest.mark.parametrize("name", list(B_SET))
def test_the_scores_of_the_set_come_out_as_moodle_has_them(name: str) -> None:
    assert getattr(set_statistics(oracle("B")), name) == pytest.approx(B_SET[name], rel=1.5e-5)


def test_the_worked_example_is_met_to_four_decimals() -> None:
    found = list(question_statistics(tries(WORKED)).values())

    def rounded(name: str) -> list[float]:
        return [round(value, 4) for value in column(found, name) if value is not None]

    assert rounded("facility") == [0.8333, 0.6667, 0.5, 0.3333]
    assert rounded("sd") == [0.4082, 0.5164, 0.5477, 0.5164]
    assert rounded("discrimination_index") == [23.355, 12.5, 18.5695, 43.3013]
    assert rounded("discriminative_efficiency") == [33.3333, 14.2857, 20.0, 50.0]
    assert rounded("effective_weight") == [21.4332, 23.9631, 26.2502, 28.3535]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("mean", 2.3333),
        ("median", 2.5),
        ("sd", 1.2111),
        ("skewness", 0.0751),
        ("kurtosis", -1.5496),
        ("cic", 42.4242),
        ("error_ratio", 75.8787),
        ("standard_error", 0.9189),
    ],
)
def test_the_scores_of_the_worked_example_are_met_too(name: str, expected: float) -> None:
    assert round(getattr(set_statistics(tries(WORKED)), name), 4) == expected


def test_learners_with_other_questions_are_compared_by_shares_of_what_they_were_shown() -> None:
    table: Table = [[1, 1, None], [1, None, 1], [0, 0, None], [0, None, 0.5]]
    asked = tries(table, [1, 1, 4])

    whole, first = set_statistics(asked), question_statistics(asked)["q1"]

    assert not whole.fixed
    assert (whole.maximum, whole.n, whole.questions) == (1.0, 4, 3)
    assert paired(asked["q1"], totals_of(asked.values())) == ([1, 1, 0, 0], [1, 0.25, 0, 0.125])
    assert first.discrimination_index == pytest.approx(
        100 * (formulas.correlation([1, 1, 0, 0], [1, 0.25, 0, 0.125]) or 0)
    )
    assert (first.effective_weight, whole.cic, whole.standard_error) == (None, None, None)
    assert whole.median == pytest.approx((0.1 + 0.4) / 2)


def test_who_was_shown_nothing_else_is_compared_with_nobody() -> None:
    asked = tries([[1, 1], [0, 0], [1, None]])

    found = question_statistics(asked)["q1"]

    assert (found.n, found.n_compared) == (3, 2)
    assert found.discrimination_index == pytest.approx(100)


def test_times_hints_and_those_who_did_not_know_are_counted_beside_the_marks() -> None:
    asked = {"q": Tries(1, [0, 1, 2], [1, 0, 0], [3.0, 8.0], n_unknown=1, hints=6)}

    found = question_statistics(asked)["q"]

    assert (found.median_time_s, found.hints_per_attempt, found.n_unknown) == (5.5, 2, 1)
    assert set_statistics(asked).median_time_s == 5.5


def test_nobody_is_no_fault() -> None:
    nothing = {"q": Tries(1, [], [])}

    assert question_statistics(nothing)["q"].facility is None
    assert set_statistics(nothing).n == 0
    assert set_statistics({}).mean is None


def test_scores_are_counted_by_tenths_and_full_marks_with_the_last() -> None:
    whole = set_statistics(tries([[0, 0], [1, 0], [1, 0.8], [1, 1]]))

    assert whole.histogram == (1, 0, 0, 0, 0, 1, 0, 0, 0, 2)


MARKS = st.sampled_from([0.0, 1 / 3, 0.5, 1.0])
CELLS = st.one_of(st.none(), MARKS)
TABLES = (
    st.integers(2, 5)
    .flatmap(
        lambda width: st.lists(
            st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=12
        )
    )
    .map(
        lambda rows: [row for row in rows if any(cell is not None for cell in row)] or [[1.0, 0.0]]
    )
)
FULL = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(MARKS, min_size=width, max_size=width), min_size=2, max_size=12)
)


@given(TABLES)
def test_every_number_keeps_its_bounds(table: Table) -> None:
    asked = tries(table)
    whole = set_statistics(asked)

    for question in question_statistics(asked).values():
        assert question.facility is None or 0 <= question.facility <= 1
        assert question.n_compared <= question.n <= whole.n
        index, efficiency = question.discrimination_index, question.discriminative_efficiency
        assert index is None or -100 <= index <= 100
        # What is better than nothing stays so when it is compared with the best there could be.
        assert efficiency is None or index is None or efficiency <= 100
        assert (efficiency or 0) * (index or 0) >= 0
    assert sum(whole.histogram) == whole.n
    assert whole.cic is None or whole.cic <= 100 + 1e-9


@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_learners_changes_no_number(table: Table, chance: Random) -> None:
    shuffled = sorted(table, key=lambda _: chance.random())
    first, second = tries(table), tries(shuffled)

    for mine, other in zip(
        question_statistics(first).values(), question_statistics(second).values(), strict=True
    ):
        names = ("facility", "sd", *PERCENTAGES)
        assert all(same(getattr(mine, n), getattr(other, n)) for n in names)
    mine_set, other_set = set_statistics(first), set_statistics(second)
    assert mine_set.histogram == other_set.histogram
    assert same(mine_set.kurtosis, other_set.kurtosis, 1e-5)


@given(FULL)
def test_weights_are_shares_of_one_whole(table: Table) -> None:
    weights = column(list(question_statistics(tries(table)).values()), "effective_weight")
    known = [weight for weight in weights if weight is not None]

    assert not known or math.fsum(known) == pytest.approx(100)
    assert all(0 <= weight <= 100 for weight in known)


@given(FULL, st.floats(0.5, 20))
def test_points_that_weigh_all_alike_change_no_index(table: Table, points: float) -> None:
    worth = [[points * (cell or 0) for cell in row] for row in table]
    plain = question_statistics(tries(table))
    weighed = question_statistics(tries(worth, [points] * len(table[0])))

    for name in ("facility", *PERCENTAGES):
        pairs = zip(
            column(list(plain.values()), name), column(list(weighed.values()), name), strict=True
        )
        assert all(same(*pair) for pair in pairs)
