"""What answers add up to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quiz.core.standing import Standing
from tests.storage.made import ATTEMPT, WRONG

KEY = (1, "pack", "loops")


def take(standing: Standing, score: float, *, home: str | None = "loops", first: bool) -> None:
    attempt = replace(WRONG if score < 1.0 else ATTEMPT, score=score)
    standing.take(attempt, objective="loops-end", topic="loops", home=home, first=first)


@pytest.mark.parametrize(("score", "right"), [(0.0, 0), (0.5, 0), (1.0, 1)])
def test_only_a_score_of_one_is_right(score: float, right: int) -> None:
    standing = Standing()

    take(standing, score, first=True)

    counts = {"answered": 1, "right": right, "tried": 1, "first_try_right": right}
    assert standing.counts == {KEY: counts}


def test_a_question_is_tried_once_however_often_it_is_answered() -> None:
    standing = Standing()

    take(standing, 0.0, first=True)
    take(standing, 1.0, first=False)

    counts = {"answered": 2, "right": 1, "tried": 1, "first_try_right": 0}
    assert standing.counts == {KEY: counts}


def test_a_question_counts_as_tried_in_the_topic_that_has_it_now() -> None:
    standing = Standing()

    take(standing, 1.0, home="types", first=True)

    happened = {"answered": 1, "right": 1, "tried": 0, "first_try_right": 0}
    tried = {"answered": 0, "right": 0, "tried": 1, "first_try_right": 1}
    assert standing.counts == {KEY: happened, (1, "pack", "types"): tried}


def test_a_question_that_is_asked_no_more_is_answered_and_not_tried() -> None:
    standing = Standing()

    take(standing, 1.0, home=None, first=True)

    assert standing.counts[KEY]["answered"] == 1
    assert standing.counts[KEY]["tried"] == 0
