"""What is said of options, and how few answers are too few to say it."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core import statistics as formulas
from quiz.core.choices import Choice
from quiz.core.options import OUTER, option_statistics, outermost

KEYS = (Choice("a", "right", True), Choice("b", "wrong", False), Choice("c", "idle", False))


def keys(letters: str) -> list[frozenset[str]]:
    """Return what was chosen, one letter a learner, `-` for who does not know."""
    return [frozenset(letter.strip("-")) for letter in letters]


def test_shares_are_of_all_who_were_asked_those_who_do_not_know_included() -> None:
    right, wrong, idle = option_statistics(KEYS, keys("aab-"), [0.9, 0.8, 0.1, 0.2])

    assert [(o.n, o.share) for o in (right, wrong, idle)] == [(2, 0.5), (1, 0.25), (0, 0.0)]


def test_an_option_goes_with_the_rest_as_a_correlation_says() -> None:
    rests = [0.9, 0.4, 0.5, 0.1, 0.3]
    right, wrong, idle = option_statistics(KEYS, keys("aabb-"), [*rests[:4], None])

    assert right.point_biserial_rest == pytest.approx(formulas.correlation([1, 1, 0, 0], rests[:4]))
    assert wrong.point_biserial_rest == pytest.approx(-(right.point_biserial_rest or 0))
    assert idle.point_biserial_rest is None


def test_the_outer_groups_are_the_best_and_the_last_on_the_other_questions() -> None:
    chosen = keys("b" * 27 + "a" * 46 + "b" * 20 + "c" * 7)
    right, wrong, idle = option_statistics(KEYS, chosen, [n / 100 for n in range(100)])

    assert [o.share_bottom27 for o in (right, wrong, idle)] == [0.0, 1.0, 0.0]
    assert [o.share_top27 for o in (right, wrong, idle)] == pytest.approx([0.0, 20 / 27, 7 / 27])


def test_those_at_the_edge_with_one_score_share_its_places() -> None:
    assert outermost([1.0, 0.5, 0.5, 0.0]) == pytest.approx([1.0, 0.04, 0.04, 0.0])


CHOSEN = st.lists(
    st.tuples(
        st.frozensets(st.sampled_from("abc")), st.sampled_from([None, 0.0, 0.25, 1 / 3, 0.5, 1.0])
    ),
    min_size=1,
    max_size=40,
)


@given(CHOSEN)
def test_shares_and_correlations_keep_their_bounds(
    given: list[tuple[frozenset[str], float | None]],
) -> None:
    chosen, rests = [keys for keys, _ in given], [rest for _, rest in given]

    for option in option_statistics(KEYS, chosen, rests):
        for share in (option.share, option.share_top27, option.share_bottom27):
            assert share is None or 0 <= share <= 1 + 1e-9
        pairs = [(float(option.choice.key in k), r) for k, r in given if r is not None]
        expected = formulas.correlation([p[0] for p in pairs], [p[1] for p in pairs])
        found = option.point_biserial_rest
        assert (found is None) == (expected is None)
        assert found is None or found == pytest.approx(expected, abs=1e-6)


@given(CHOSEN, st.randoms(use_true_random=False))
def test_the_order_of_learners_changes_nothing(
    given: list[tuple[frozenset[str], float | None]], chance: Random
) -> None:
    def found(pairs: Sequence[tuple[frozenset[str], float | None]]) -> list[list[float]]:
        options = option_statistics(KEYS, [p[0] for p in pairs], [p[1] for p in pairs])
        names = ("n", "share", "share_top27", "share_bottom27", "point_biserial_rest")
        return [[getattr(option, name) or 0.0 for name in names] for option in options]

    shuffled = sorted(given, key=lambda _: chance.random())

    for mine, other in zip(found(given), found(shuffled), strict=True):
        assert mine == pytest.approx(other, abs=1e-6)


@given(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=1))
def test_a_group_has_just_so_many_places(scores: list[float]) -> None:
    belonging = outermost(scores)

    assert sum(belonging) == pytest.approx(OUTER * len(scores))
    assert all(0 <= each <= 1 for each in belonging)
