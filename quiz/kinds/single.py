"""One option of several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from quiz.core import tasklists
from quiz.core.drafts import stem_before
from quiz.core.errors import AnswerError
from quiz.core.kinds import JSON, Draft, Fences, Form, Grade, Parsed, Samples, Seed, single_value
from quiz.core.tasklists import Option, ReviewedOption, ShownOption


@dataclass(frozen=True, slots=True)
class Single:
    """A question with one right option; the response is a list of one key."""

    options: tuple[Option, ...]

    name: ClassVar[str] = "single"
    interaction: ClassVar[str] = "choice"
    stated: ClassVar[bool] = False
    parts: ClassVar[frozenset[str]] = frozenset()
    many: ClassVar[frozenset[str]] = frozenset()
    roles: ClassVar[Mapping[str, Fences]] = {}
    self_graded: ClassVar[bool] = False

    @classmethod
    def claims(cls, draft: Draft) -> bool:
        return bool(tasklists.task_lists(draft)) and not tasklists.is_true_false(draft)

    @classmethod
    def parse(cls, draft: Draft) -> Parsed | None:
        block = tasklists.task_lists(draft)[0]
        stem = stem_before(draft, block)
        read = tasklists.read_options(draft)
        if read is None:
            return None
        options, remarks = read
        ticked = sum(option.right for option in options)
        if ticked == 0:
            draft.report(block.place, "E202", "no option is ticked", "Tick the right one: `[x]`.")
        elif ticked > 1:
            draft.report(
                block.place,
                "E203",
                f"{ticked} options are ticked in a single choice",
                "Leave one tick, or say `kind: multiple`.",
            )
        return Parsed(cls(options), stem, remarks) if ticked == 1 else None

    def dump(self) -> JSON:
        return tasklists.dump_options(self.options)

    @classmethod
    def load(cls, payload: JSON) -> Self:
        return cls(tasklists.load_options(payload))

    def graded_content(self) -> JSON:
        return self.dump()

    def ask(self, seed: Seed, typed: Form) -> tuple[ShownOption, ...]:
        return tasklists.shown(self.options, seed, typed.get("choice", ()))

    def read(self, form: Form, seed: Seed) -> JSON:
        chosen = single_value(form, "choice")
        if not chosen:
            raise AnswerError("No option is chosen. Choose one, or say that you don’t know.")
        key = tasklists.by_token(self.options, seed).get(chosen)
        if key is None:
            raise AnswerError("What was sent is not one of the options. Choose one of those below.")
        return [key]

    def grade(self, response: JSON) -> Grade:
        right = any(option.right for option in self.options if option.key in response)
        return Grade(float(right), tuple(response))

    def review(self, seed: Seed, response: JSON) -> tuple[ReviewedOption, ...]:
        return tasklists.reviewed(self.options, seed, response or ())

    def describe(self, response: JSON) -> str:
        return tasklists.texts_of(self.options, response)

    def expected(self) -> str:
        return tasklists.texts_of(self.options, [o.key for o in self.options if o.right])

    def guess(self) -> float:
        return 1 / len(self.options)

    def samples(self, seed: Seed) -> Samples:
        right = next(option for option in self.options if option.right)
        wrong = next(option for option in self.options if not option.right)
        return Samples(
            right={"choice": [seed.token(right.text)]},
            wrong={"choice": [seed.token(wrong.text)]},
            unreadable={"choice": ["forged"]},
        )
