"""What belongs to a learner: how much it is, and what they bring in from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quiz.core.kinds import JSON


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much is kept of a learner; `browsers` counts those that are known as theirs."""

    answers: int
    rounds: int
    reports: int
    classes: int
    browsers: int


@dataclass(frozen=True, slots=True)
class OwnRound:
    """A round that a learner brings in; `id` is the one it had where it was begun."""

    id: str
    pack_id: str
    topic_id: str | None
    mode: str
    size: int
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnAttempt:
    """An answer that a learner brings in: what an `Attempt` says, its round under its own id.

    `certainty` is None where nobody asked for it.
    """

    round: str
    position: int
    topic_id: str
    objective_id: str
    question_id: str
    v: int
    rev: str
    response: JSON
    score: float
    correct: bool | None
    counted: bool
    misconceptions: tuple[str, ...]
    hints: int
    certainty: str | None
    shown_at: datetime | None
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of the answers in a file.

    `new` were brought in, `known` were here already, `left_out` are of questions that are not here.
    """

    new: int = 0
    known: int = 0
    left_out: int = 0

    def __add__(self, other: Brought) -> Brought:
        return Brought(
            self.new + other.new, self.known + other.known, self.left_out + other.left_out
        )
