"""A statement that is true or false."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quiz.core.kinds import Draft, Parsed, Seed
from quiz.core.tasklists import Option, is_true_false
from quiz.core.ticking import OneOption, read_one_tick


@dataclass(frozen=True, slots=True)
class TrueFalse(OneOption):
    """A statement; its options are never shuffled."""

    name: ClassVar[str] = "truefalse"
    interaction: ClassVar[str] = "true-false"

    @classmethod
    def claims(cls, draft: Draft) -> bool:
        return is_true_false(draft)

    @classmethod
    def parse(cls, draft: Draft) -> Parsed | None:
        ticks = read_one_tick(draft)
        return Parsed(cls(ticks.options), ticks.stem, ticks.remarks) if ticks else None

    def in_order(self, seed: Seed) -> list[Option]:
        """Return True before False, whatever the order in the file."""
        return sorted(self.options, key=lambda option: option.text, reverse=True)
