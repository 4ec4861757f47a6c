"""A class as an instructor and its learners see it, and work that is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Class:
    """A class of an instructor; `code` is what opens it to learners, without a dash."""

    id: str
    name: str
    code: str
    learners: int
    created_at: datetime
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """A learner in a class under the name given, or a line of a roster nobody came for yet.

    `external_id` is "" without one. `joined_at` is None while it waits, `left_at` while the learner
    is in. The class sees what was answered from `since_at` on and before `left_at`.
    """

    id: str
    name: str
    external_id: str
    joined_at: datetime | None
    since_at: datetime | None
    left_at: datetime | None
    shares_certainty: bool

    @property
    def state(self) -> str:
        """`waiting`, `in` or `left`."""
        if self.joined_at is None:
            return "waiting"
        return "in" if self.left_at is None else "left"


@dataclass(frozen=True, slots=True)
class Membership:
    """A class as a learner is in it, or was: its instructor's name is `owner`."""

    id: str
    class_name: str
    code: str
    owner: str
    line: Line
    archived: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """What somebody sees who opens a join link.

    `line` is None for who was never in the class; `answers` counts what was answered before.
    """

    code: str
    class_name: str
    owner: str
    line: Line | None
    answers: int


@dataclass(frozen=True, slots=True)
class Joining:
    """What somebody says on joining: the name to be seen, and what more the class may see."""

    name: str
    shares_before: bool
    shares_certainty: bool
