"""People who sign in: who they are and what they may do. Learners never have to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

IDLE = timedelta(hours=12)
"""A sign-in that nobody uses ends after this."""
LONGEST = timedelta(days=30)
"""A sign-in ends after this, used or not."""


class Role(StrEnum):
    """What a person is here for. An admin may do what instructors and authors may."""

    instructor = "instructor"
    author = "author"
    admin = "admin"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has signed in. `name` is what they sign in with."""

    id: int
    public_id: str
    name: str
    role: Role

    def is_one_of(self, roles: frozenset[Role]) -> bool:
        """Whether the person may do what is for any of these roles."""
        return self.role is Role.admin or self.role in roles


def login_ends(created_at: datetime, last_seen_at: datetime) -> datetime:
    """Return when a sign-in ends if nobody uses it again."""
    return min(created_at + LONGEST, last_seen_at + IDLE)
