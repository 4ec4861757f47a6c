"""Since when and until when a class sees the answers of a learner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Window:
    """From `since` on and before `until`; None is without end."""

    since: datetime
    until: datetime | None = None

    def around(self, other: Window) -> Window:
        """Return the smallest window that holds both, with what lies between them."""
        ends = (self.until, other.until)
        until = None if None in ends else max(end for end in ends if end)
        return Window(min(self.since, other.since), until)
