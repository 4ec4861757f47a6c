"""Which questions a round asks. Pure: chance is in the order of the candidates and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar


class Candidate(Protocol):
    """A question a round may ask, with the learner's history at it."""

    @property
    def objective_id(self) -> str: ...
    @property
    def last_attempt(self) -> int:
        """A number that grows with time, 0 before the first attempt."""

    @property
    def missed(self) -> bool:
        """Whether the last attempt was not worth 1.0."""

    @property
    def memory_due_at(self) -> datetime | None:
        """When the objective comes back, None before it was practised."""


C = TypeVar("C", bound=Candidate)


def for_practice(candidates: Iterable[C], *, size: int) -> list[C]:
    """Return at most `size` questions: new ones in pack order, then missed, then oldest."""
    return sorted(
        candidates,
        key=lambda c: (c.last_attempt > 0, c.last_attempt > 0 and not c.missed, c.last_attempt),
    )[:size]


def for_review(candidates: Sequence[C], *, size: int, now: datetime) -> list[C]:
    """Return one question for each of at most `size` due objectives, longest overdue first.

    Of an objective's questions an unseen one comes first, then the one seen least recently.
    """
    due: dict[str, C] = {}
    for candidate in sorted(candidates, key=lambda c: c.last_attempt):
        at = candidate.memory_due_at
        if at is not None and at <= now:
            due.setdefault(candidate.objective_id, candidate)
    return sorted(due.values(), key=lambda c: c.memory_due_at or now)[:size]
