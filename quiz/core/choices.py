"""What a learner may choose in a question: options, lines, pairs."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from quiz.core.kinds import JSON


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: `key` is as remarks name it, `text` is for people.

    `offered` says that it was put there to be chosen: not one of the many lines of a program, or of
    the many pairs that two columns have.
    """

    key: str
    text: str
    right: bool
    offered: bool = True


@runtime_checkable
class Choosing(Protocol):
    """A kind whose answers are choices: what it brings beside the verbs of every kind."""

    def choices(self) -> tuple[Choice, ...]:
        """Return all that can be chosen, in file order."""

    def chosen(self, response: JSON) -> Set[str]:
        """Return the keys of what was chosen."""
