"""One option of several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quiz.core.kinds import Draft, Parsed
from quiz.core.tasklists import is_true_false, task_lists
from quiz.core.ticking import OneOption, read_one_tick


@dataclass(frozen=True, slots=True)
class Single(OneOption):
    """A question with one right option of several."""

    name: ClassVar[str] = "single"

    @classmethod
    def claims(cls, draft: Draft) -> bool:
        return bool(task_lists(draft)) and not is_true_false(draft)

    @classmethod
    def parse(cls, draft: Draft) -> Parsed | None:
        ticks = read_one_tick(draft)
        return Parsed(cls(ticks.options), ticks.stem, ticks.remarks) if ticks else None
