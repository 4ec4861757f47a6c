"""What answers add up to: what is remembered of objectives, and counts of topics."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from quiz.core.attempts import Attempt
from quiz.core.scheduling import Memory, after_answer

COUNTS = ("answered", "right", "tried", "first_try_right")

Key = tuple[int, str, str]
"""Learner, pack, and the present id of an objective or a topic."""


@dataclass(slots=True)
class Standing:
    """Memories and counts after the answers taken so far, by learner, pack and id.

    Whoever takes answers puts in `memories` what was remembered before; `counts` are those to add.
    """

    memories: dict[Key, Memory] = field(default_factory=dict)
    counts: dict[Key, dict[str, int]] = field(default_factory=dict)
    last_at: dict[Key, datetime] = field(default_factory=dict)

    def take(
        self, attempt: Attempt, *, objective: str, topic: str, home: str | None, first: bool
    ) -> None:
        """Add the next answer of its learner; one that is not counted must not come here.

        `objective` and `topic` are the present ids of where it happened, `home` the topic that has
        the question now, None when it is asked no more; `first` says that the learner never
        answered the question before.
        """
        of_objective = (attempt.learner_id, attempt.pack_id, objective)
        self.memories[of_objective] = after_answer(
            self.memories.get(of_objective), attempt.score, attempt.hints, attempt.answered_at
        )
        right = int(attempt.score == 1.0)
        self._add(attempt, topic, {"answered": 1, "right": right})
        if first and home is not None:
            self._add(attempt, home, {"tried": 1, "first_try_right": right})

    def _add(self, attempt: Attempt, topic: str, more: dict[str, int]) -> None:
        key = (attempt.learner_id, attempt.pack_id, topic)
        counts = self.counts.setdefault(key, dict.fromkeys(COUNTS, 0))
        for name, number in more.items():
            counts[name] += number
        self.last_at[key] = attempt.answered_at
