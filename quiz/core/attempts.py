"""One answered try, as the log keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quiz.core.kinds import JSON


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
        if not self.counted:
            return "uncounted"
        if self.response is None:
            return "unknown"
        if self.correct is None:
            return "self_graded"
        if self.correct:
            return "right"
        return "partial" if self.score > 0 else "wrong"
