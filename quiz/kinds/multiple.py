"""Any options of several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from quiz.core import tasklists
from quiz.core.drafts import stem_before
from quiz.core.errors import AnswerError
from quiz.core.kinds import JSON, Draft, Fences, Form, Grade, Parsed, Samples, Seed
from quiz.core.tasklists import Option, ReviewedOption, ShownOption


@dataclass(frozen=True, slots=True)
class Multiple:
    """A question with one right option or more; the response is a sorted list of keys."""

    options: tuple[Option, ...]

    name: ClassVar[str] = "multiple"
    interaction: ClassVar[str] = "choice"
    stated: ClassVar[bool] = True
    parts: ClassVar[frozenset[str]] = frozenset()
    many: ClassVar[frozenset[str]] = frozenset({"choice"})
    roles: ClassVar[Mapping[str, Fences]] = {}
    self_graded: ClassVar[bool] = False

    @classmethod
    def claims(cls, draft: Draft) -> bool:
        return bool(tasklists.task_lists(draft))

    @classmethod
    def parse(cls, draft: Draft) -> Parsed | None:
        block = tasklists.task_lists(draft)[0]
        stem = stem_before(draft, block)
        read = tasklists.read_options(draft)
        if read is None:
            return None
        options, remarks = read
        if not any(option.right for option in options):
            draft.report(block.place, "E202", "no option is ticked", "Tick what is right: `[x]`.")
            return None
        return Parsed(cls(options), stem, remarks)

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
        chosen = form.get("choice", ())
        keys = tasklists.by_token(self.options, seed)
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

    def review(self, seed: Seed, response: JSON) -> tuple[ReviewedOption, ...]:
        return tasklists.reviewed(self.options, seed, response or ())

    def describe(self, response: JSON) -> str:
        return tasklists.texts_of(self.options, response)

    def expected(self) -> str:
        return tasklists.texts_of(self.options, [o.key for o in self.options if o.right])

    def guess(self) -> float:
        return 1 / float(2 ** len(self.options) - 1)

    def samples(self, seed: Seed) -> Samples:
        right = [seed.token(option.text) for option in self.options if option.right]
        wrong = [seed.token(option.text) for option in self.options if not option.right]
        return Samples(
            right={"choice": right},
            # Where every option is right, too few ticks are wrong.
            wrong={"choice": wrong or right[:1]},
            unreadable={"choice": ["forged"]},
        )
