"""When an objective comes back."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from quiz.core.scheduling import Memory, after_answer

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)


def _days(memory: Memory) -> int:
    return (memory.due_at - memory.reviewed_at).days


def _answered(*scores: float, hints: int = 0) -> list[Memory]:
    """Answer each time when the memory is due."""
    memories: list[Memory] = []
    for score in scores:
        last = memories[-1] if memories else None
        memories.append(after_answer(last, score, hints, last.due_at if last else NOW))
    return memories


def test_right_answers_come_back_after_ever_longer_times_up_to_sixty_days() -> None:
    assert [_days(memory) for memory in _answered(1, 1, 1, 1, 1)] == [2, 11, 46, 60, 60]


def test_a_wrong_answer_comes_back_the_next_day() -> None:
    assert [_days(memory) for memory in _answered(0, 0)] == [1, 1]


def test_what_is_partly_right_counts_as_not_known() -> None:
    assert after_answer(None, 0.99, 0, NOW) == after_answer(None, 0.0, 0, NOW)


def test_a_wrong_answer_shortens_a_long_interval_and_is_not_forgotten_at_once() -> None:
    *_, strong, missed = _answered(1, 1, 1, 0)

    assert missed.stability_days < strong.stability_days
    assert _days(missed) < _days(strong)


def test_right_with_a_hint_keeps_the_interval() -> None:
    memory = _answered(1, 1)[-1]

    helped = after_answer(memory, 1.0, 1, memory.due_at)

    assert _days(helped) == _days(memory)
    assert helped.stability_days == memory.stability_days
    assert helped.reviewed_at == memory.due_at


def test_a_first_right_answer_with_a_hint_is_not_yet_known() -> None:
    assert after_answer(None, 1.0, 2, NOW) == after_answer(None, 0.0, 0, NOW)


def test_a_time_in_another_zone_is_the_same_time() -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=5)))

    assert after_answer(None, 1.0, 0, elsewhere) == after_answer(None, 1.0, 0, NOW)


def test_no_chance_is_drawn() -> None:
    state = random.getstate()

    _answered(1, 1, 1)

    assert random.getstate() == state


@given(
    st.lists(
        st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.integers(0, 2), st.integers(-5, 10**7)),
        min_size=1,
        max_size=20,
    )
)
def test_whatever_is_answered_the_memory_stays_within_its_bounds(
    history: list[tuple[float, int, int]],
) -> None:
    memory: Memory | None = None
    now = NOW
    for score, hints, seconds in history:
        now += timedelta(seconds=seconds)
        memory = after_answer(memory, score, hints, now)

        assert memory.stability_days > 0
        assert 1 <= memory.difficulty <= 10
        assert 1 <= _days(memory) <= 60
        assert memory.reviewed_at == now
