"""When to ask again.

FSRS-6 (the Free Spaced Repetition Scheduler) with its default parameters, through the `fsrs`
package; an answer is worth a 1.0, or it is not: Good, else Again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import cast

from fsrs import Card, Rating, Scheduler, State

SCHEDULER = Scheduler(
    desired_retention=0.9,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=60,
    enable_fuzzing=False,
)


@dataclass(frozen=True, slots=True)
class Memory:
    """What we believe a learner remembers of one objective.

    `stability_days` is the time in which the chance to recall falls to 0.9; `difficulty` runs
    from 1.0 to 10.0. Times are UTC.
    """

    stability_days: float
    difficulty: float
    reviewed_at: datetime
    due_at: datetime


def after_answer(memory: Memory | None, score: float, hints: int, now: datetime) -> Memory:
    """Return the memory after an answer worth `score`, 0.0 to 1.0; `memory` is None before any.

    Right with a hint leaves stability and interval as they were, and a first such answer counts
    as not yet known: help shows nothing about recall.
    """
    now = now.astimezone(UTC)
    if score == 1.0 and hints and memory:
        interval = memory.due_at - memory.reviewed_at
        return replace(memory, reviewed_at=now, due_at=now + interval)
    rating = Rating.Good if score == 1.0 and not hints else Rating.Again
    card, _ = SCHEDULER.review_card(_card(memory, now), rating, now)
    return Memory(cast(float, card.stability), cast(float, card.difficulty), now, card.due)


def _card(memory: Memory | None, now: datetime) -> Card:
    # The id is of no use here, but without one the package reads the clock and sleeps.
    if memory is None:
        return Card(card_id=0, due=now)
    return Card(
        card_id=0,
        state=State.Review,
        stability=memory.stability_days,
        difficulty=memory.difficulty,
        due=memory.due_at.astimezone(UTC),
        last_review=memory.reviewed_at.astimezone(UTC),
    )
