"""What a class's numbers mean, and how they are put in order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.beliefs import Showing, spread
from quiz.core.classroom import STEPS, Cell, Pupil, arranged
from quiz.core.plots import HEIGHT, WIDTH, stacked
from quiz.core.timeline import MOST_BARS, MOST_DAYS, timeline

DAY = datetime(2026, 11, 25, 9, tzinfo=UTC)
PUPILS = [
    Pupil("1", "Zoë", "s3", True, False, 4, DAY, {"loops": Cell(4, 1)}),
    Pupil("2", "ada", "s2", True, False, 9, DAY + timedelta(days=1), {"loops": Cell(4, 4)}),
    Pupil("3", "Bob", "x1", False, False),
]


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        ("name", "231"),
        ("-name", "132"),
        ("last", "123"),
        ("-last", "213"),
        ("answers", "312"),
        ("right", "123"),
        ("-loops", "213"),
        ("no-topic", "231"),
    ],
)
def test_learners_are_put_in_order_with_the_unknown_last(sort: str, ids: str) -> None:
    assert [pupil.id for pupil in arranged(PUPILS, sort, "")] == list(ids)


@pytest.mark.parametrize(("find", "ids"), [(" ADA ", "2"), ("s", "21"), ("nobody", "")])
def test_learners_are_found_by_name_or_external_id(find: str, ids: str) -> None:
    assert [pupil.id for pupil in arranged(PUPILS, "name", find)] == list(ids)


@given(st.integers(1, 50).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_a_shade_grows_with_the_share(counts: tuple[int, int]) -> None:
    tried, right = counts

    assert 1 <= Cell(tried, right).shade <= STEPS
    assert Cell(tried, right).shade >= Cell(tried, max(0, right - 1)).shade
    assert (Cell(tried, tried).shade, Cell().shade) == (STEPS, 0)


def test_days_without_an_answer_stand_as_gaps() -> None:
    found = timeline([(DAY, "right"), (DAY + timedelta(days=3), "wrong"), (DAY, "right")])

    assert found.unit == "day"
    assert [bar.total for bar in found.bars] == [2, 0, 0, 1]
    assert found.outcomes == ("right", "wrong")


def test_long_spans_are_told_by_weeks_and_only_the_latest() -> None:
    month = timeline([(DAY, "right"), (DAY + timedelta(days=MOST_DAYS), "right")])
    years = timeline([(DAY, "right"), (DAY + timedelta(days=2000), "wrong")])

    assert (month.unit, len(month.bars)) == ("week", 5)
    assert month.bars[0].start.weekday() == 0
    assert len(years.bars) == MOST_BARS
    assert years.bars[-1].counts["wrong"] == 1


def test_nothing_answered_has_no_bars() -> None:
    assert timeline([]).bars == ()


@given(st.lists(st.dictionaries(st.sampled_from("ab"), st.integers(0, 9)), max_size=60))
def test_bars_stay_in_their_box(columns: list[dict[str, int]]) -> None:
    parts = stacked(columns, "ab")

    assert all(part.x >= 0 and part.x + part.width <= WIDTH + 0.02 for part in parts)
    assert all(part.y >= -0.02 and part.y + part.height <= HEIGHT + 0.02 for part in parts)


def test_a_belief_is_refuted_where_every_objective_was_right_afterwards() -> None:
    showings = [
        Showing(1, 10, "q1", "o1", ("b",)),
        Showing(1, 12, "q2", "o2", ("b", "c")),
        Showing(2, 11, "q1", "o1", ("b",)),
        Showing(2, 15, "q1", "o1", ("b",)),
    ]

    found = spread(showings, {(1, "o1"): 20, (1, "o2"): 13, (2, "o1"): 14})

    assert [(each.belief, each.showed, each.refuted) for each in found] == [
        ("b", 2, 1),
        ("c", 1, 1),
    ]
    assert found[0].questions == ("q1", "q2")
