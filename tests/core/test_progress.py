"""The states of an objective."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from quiz.core.progress import is_due, state_of

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stability_days", "state"),
    [(None, "new"), (0.1, "learning"), (20.9, "learning"), (21.0, "strong"), (400.0, "strong")],
)
def test_an_objective_is_new_then_learning_then_strong(
    stability_days: float | None, state: str
) -> None:
    assert state_of(stability_days) == state


def test_an_objective_is_due_from_its_hour_on() -> None:
    assert not is_due(NOW, NOW - timedelta(microseconds=1))
    assert is_due(NOW, NOW)
