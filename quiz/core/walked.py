"""A round as it is taken out: what was walked, and what was answered on the way."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Walked(NamedTuple):
    """A round beside its learner, as far as a class may see it.

    `id` is the place in the order of starts, `round_id` and `learner_id` are public ids. `round_no`
    counts the learner's rounds in the pack from 1, `followed` says that another came later.
    The class sees what was before `left_at`; None is no end.
    """

    id: int
    round_id: str
    learner_id: str
    learner_name: str
    external_id: str
    pack_id: str
    mode: str
    size: int
    started_at: datetime
    finished_at: datetime | None
    round_no: int
    followed: bool
    left_at: datetime | None

    @property
    def ended_at(self) -> datetime | None:
        """When it was finished, None where it was not while the class could see."""
        if self.finished_at and self.left_at and self.finished_at >= self.left_at:
            return None
        return self.finished_at


class Dealt(NamedTuple):
    """A card of a round, with what was answered: `answered_at` is None without an answer.

    `points` are those of the question now; `try_no` is 1 at its learner's first try.
    """

    round_id: int
    question_id: str
    rev: str
    points: float
    score: float | None
    counted: bool | None
    hints: int | None
    answered_at: datetime | None
    try_no: int | None
