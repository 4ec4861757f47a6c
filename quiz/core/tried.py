"""An answered try with all that a file says of it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from quiz.core.attempts import outcome_of
from quiz.core.kinds import Seed


class Tried(NamedTuple):
    """An attempt beside its round, its learner and the present question.

    A tuple, as a file makes a million of them out of rows. `round_id` and `learner_id` are public
    ids; `learner_name` and `external_id` are those of the class, "" without; `response`,
    `misconceptions` and `tags` are JSON as it is stored, the first None after "I don't know";
    `try_no` counts the learner's tries at the question from 1.
    """

    id: int
    round_id: str
    secret: str
    learner_id: str
    learner_name: str
    external_id: str
    pack_id: str
    topic_id: str
    objective_id: str
    question_id: str
    v: int
    rev: str
    mode: str
    position: int
    response: str | None
    score: float
    correct: bool | None
    counted: bool
    misconceptions: str
    hints: int
    shown_at: datetime | None
    answered_at: datetime
    level: str
    tags: str
    points: float
    shuffle: bool
    commentary_hash: str
    try_no: int

    @property
    def key(self) -> tuple[datetime, int]:
        """Its place in the log."""
        return self.answered_at, self.id

    @property
    def seed(self) -> Seed:
        """The seed of the card that was answered."""
        return Seed(bytes.fromhex(self.secret), self.question_id, self.shuffle)

    @property
    def outcome(self) -> str:
        """What came of it, as `Attempt.outcome` says."""
        return outcome_of(
            counted=self.counted,
            answered=self.response is not None,
            correct=self.correct,
            worth=self.score > 0,
        )
