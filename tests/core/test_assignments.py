"""What a form says of work, and what a learner is shown of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from quiz.core.assignments import Work, read_plan, read_time, time_field
from quiz.core.errors import FormError

DUE = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
WORK = Work("w", "Week 1", "Class", questions=3, answered=1, due_at=DUE)


def test_a_plan_is_read_from_a_form() -> None:
    plan = read_plan(" Week 1 ", "pack", ["b", "a", "b"], "", "2026-11-27T09:00")

    assert (plan.title, plan.topic_ids) == ("Week 1", ("b", "a"))
    assert (plan.opens_at, plan.due_at) == (None, DUE)
    assert time_field(plan.due_at) == "2026-11-27T09:00"
    assert time_field(plan.opens_at) == ""


@pytest.mark.parametrize("text", ["tomorrow", "2026-11-27T09:00+01:00", "0026-11-27T09:00", "1"])
def test_what_is_no_time_is_told_with_its_field(text: str) -> None:
    with pytest.raises(FormError, match=r"is no time. Write one like 2026-11-27T09:00") as refused:
        read_time(text, "opens")

    assert refused.value.field == "opens"


@pytest.mark.parametrize("due", ["2026-11-27T09:00", "2026-11-27T08:59"])
def test_work_is_never_due_before_it_opens(due: str) -> None:
    with pytest.raises(FormError, match="It would be due before it opens") as refused:
        read_plan("Week 1", "pack", [], "2026-11-27T09:00", due)

    assert refused.value.field == "due"


def test_work_is_shown_while_something_is_to_do_and_while_it_is_early() -> None:
    before, after = DUE - timedelta(hours=1), DUE + timedelta(hours=1)
    done, endless = replace(WORK, answered=3), replace(WORK, answered=3, due_at=None)

    assert [work.is_shown(before) for work in (WORK, done, endless)] == [True, True, False]
    assert [work.is_shown(after) for work in (WORK, done)] == [True, False]
    assert [WORK.is_late(at) for at in (before, DUE, after)] == [False, False, True]
    assert not endless.is_late(after)
    assert (WORK.left, done.left) == (2, 0)
