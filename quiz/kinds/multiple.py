"""Any options of several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quiz.core.errors import AnswerError
from quiz.core.kinds import JSON, Draft, Form, Grade, Parsed, Samples, Seed
from quiz.core.tasklists import task_lists
from quiz.core.ticking import Options, read_ticks


@dataclass(frozen=True, slots=True)
class Multiple(Options):
    """A question with one right option or more; the response is a sorted list of keys."""

    name: ClassVar[str] = "multiple"
    stated: ClassVar[bool] = True
    many: ClassVar[frozenset[str]] = frozenset({"choice"})

    @classmethod
    def claims(cls, draft: Draft) -> bool:
        return bool(task_lists(draft))

    @classmethod
    def parse(cls, draft: Draft) -> Parsed | None:
        ticks = read_ticks(draft)
        return Parsed(cls(ticks.options), ticks.stem, ticks.remarks) if ticks else None

    def read(self, form: Form, seed: Seed) -> JSON:
        chosen = form.get("choice", ())
        keys = self.keys_by_token(seed)
        if not chosen:
            raise AnswerError("No option is ticked. Tick one or more, or say that you don’t know.")
        if not keys.keys() >= set(chosen):
            raise AnswerError("What was sent is not among the options. Tick some of those below.")
        return sorted({keys[token] for token in chosen})

    def grade(self, response: JSON) -> Grade:
        right = {option.key for option in self.options if option.right}
        chosen = set(response)
        score = (len(chosen & right) - len(chosen - right)) / len(right)
        return Grade(max(0.0, score), tuple(response))

    def guess(self) -> float | None:
        return None  # it depends on how many one ticks

    def samples(self, seed: Seed) -> Samples:
        right = [seed.token(option.text) for option in self.options if option.right]
        wrong = [seed.token(option.text) for option in self.options if not option.right]
        return Samples(
            right={"choice": right},
            # Where every option is right, too few ticks are wrong.
            wrong={"choice": wrong or right[:1]},
            unreadable={"choice": ["forged"]},
        )
