"""What belongs to a learner, as counts of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much is kept of a learner; `browsers` counts those that are known as theirs."""

    answers: int
    rounds: int
    reports: int
    classes: int
    browsers: int
