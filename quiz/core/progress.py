"""The states of an objective, defined once."""

from __future__ import annotations

from datetime import datetime

STRONG_DAYS = 21.0


def state_of(stability_days: float | None) -> str:
    """Return `new`, `learning` or `strong`; the stability is None before any attempt."""
    if stability_days is None:
        return "new"
    return "strong" if stability_days >= STRONG_DAYS else "learning"


def is_due(due_at: datetime, now: datetime) -> bool:
    """Return whether an objective wants a review at `now`."""
    return due_at <= now
