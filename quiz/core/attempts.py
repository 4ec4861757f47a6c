"""One answered try, as the log keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quiz.core.kinds import JSON

IMPORTED = "imported"
"""The mode of an attempt that its learner brought in from a file: nobody else is shown it."""
LONGEST_S = 600
"""Seconds; who took longer did something else meanwhile."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """An answer with everything it was given in; times are UTC.

    `response` is None after "I don't know"; `score` runs from 0.0 to 1.0; `correct` is None for
    an unknown, a self-graded or an uncounted answer; `hints` counts those opened before. An
    answer to a `void` question is not `counted`: it is logged and touches nothing else.
    """

    round_id: int
    position: int
    learner_id: int
    pack_id: str
    topic_id: str
    objective_id: str
    question_id: str
    v: int
    rev: str
    mode: str
    response: JSON
    score: float
    correct: bool | None
    misconceptions: tuple[str, ...]
    hints: int
    shown_at: datetime | None
    answered_at: datetime
    counted: bool = True

    @property
    def missed(self) -> bool:
        """Whether the question wants another look: it counts, and was not worth 1.0."""
        return self.counted and self.score < 1.0

    @property
    def outcome(self) -> str:
        """`unknown`, `uncounted`, `self_graded`, `right`, `partial` or `wrong`."""
        return outcome_of(
            counted=self.counted,
            answered=self.response is not None,
            correct=self.correct,
            worth=self.score > 0,
        )


def time_s(shown_at: datetime | None, answered_at: datetime) -> float | None:
    """Return the seconds from card to answer, at most LONGEST_S; None where they are not known."""
    if shown_at is None:
        return None
    seconds = (answered_at - shown_at).total_seconds()
    return round(min(max(seconds, 0.0), LONGEST_S), 3)


def outcome_of(*, counted: bool, answered: bool, correct: bool | None, worth: bool) -> str:
    """Return the outcome of an attempt; `answered` is False after "I don't know".

    `worth` says that its score is above 0.0.
    """
    if not counted:
        return "uncounted"
    if not answered:
        return "unknown"
    if correct is None:
        return "self_graded"
    if correct:
        return "right"
    return "partial" if worth else "wrong"
