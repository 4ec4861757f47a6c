"""Work that a class is given: a pack or topics of it, with times.

Only the first try at each question that the class may see counts. Late work is marked and never
refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from quiz.core.classes import Line
from quiz.core.errors import FormError
from quiz.core.names import LONGEST_TITLE, read_name

YEARS = range(2000, 2200)
"""What a year can be: a slip of the finger is told."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked and when: no topic stands for the whole pack, no time for no limit."""

    title: str
    pack_id: str
    topic_ids: tuple[str, ...]
    opens_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Work of a class; `topics` are present ids and titles, none for the whole pack."""

    id: str
    plan: Plan
    pack_title: str
    topics: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Status:
    """How far a learner is: 0 <= right <= answered <= questions, 0 <= late <= answered.

    `right` counts first tries worth 1.0, `late` those after the due time. `last_at` is None before
    the first.
    """

    line: Line
    questions: int
    answered: int
    right: int
    late: int
    last_at: datetime | None

    @property
    def done(self) -> bool:
        """Whether every question was tried."""
        return 0 < self.questions <= self.answered


@dataclass(frozen=True, slots=True)
class Work:
    """Open work as a learner sees it."""

    id: str
    title: str
    class_name: str
    questions: int
    answered: int
    due_at: datetime | None

    @property
    def left(self) -> int:
        """How many questions were not tried yet."""
        return max(0, self.questions - self.answered)

    def is_shown(self, now: datetime) -> bool:
        """Whether there is something to do, or it was done before its time."""
        return self.left > 0 or (self.due_at is not None and now < self.due_at)

    def is_late(self, now: datetime) -> bool:
        """Whether an answer given now is marked late."""
        return self.due_at is not None and now > self.due_at


def read_plan(title: str, pack_id: str, topic_ids: Sequence[str], opens: str, due: str) -> Plan:
    """Return what a form says of work. Raises FormError for a field that cannot be taken."""
    title = read_name(title, "A title", field="title", longest=LONGEST_TITLE)
    opens_at, due_at = read_time(opens, "opens"), read_time(due, "due")
    if opens_at and due_at and due_at <= opens_at:
        raise FormError("due", "It would be due before it opens. Choose a later time.")
    return Plan(title, pack_id, tuple(dict.fromkeys(topic_ids)), opens_at, due_at)


def read_time(text: str, field: str) -> datetime | None:
    """Return a time in UTC as a browser sends it, None where there is none. Raises FormError."""
    if not text.strip():
        return None
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        found = None
    if found is None or found.tzinfo is not None or found.year not in YEARS:
        raise FormError(
            field, f"“{text.strip()[:30]}” is no time. Write one like 2026-11-27T09:00, in UTC."
        )
    return found.replace(tzinfo=UTC)


def time_field(time: datetime | None) -> str:
    """Return a time as the field of a form holds it, "" for none."""
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M}" if time else ""
