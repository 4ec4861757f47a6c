"""A statement that is true or false."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from quiz.core import tasklists
from quiz.core.drafts import stem_before
from quiz.core.errors import AnswerError
from quiz.core.kinds import JSON, Draft, Fences, Form, Grade, Parsed, Samples, Seed, single_value
from quiz.core.tasklists import Option, ReviewedOption, ShownOption


@dataclass(frozen=True, slots=True)
class TrueFalse:
    """A statement; the response is a list of one key. True always stands first."""

    options: tuple[Option, ...]

    name: ClassVar[str] = "truefalse"
    interaction: ClassVar[str] = "true-false"
    stated: ClassVar[bool] = False
    parts: ClassVar[frozenset[str]] = frozenset()
    many: ClassVar[frozenset[str]] = frozenset()
    roles: ClassVar[Mapping[str, Fences]] = {}
    self_graded: ClassVar[bool] = False

    @classmethod
    def claims(cls, draft: Draft) -> bool:
        return tasklists.is_true_false(draft)

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
            draft.report(block.place, "E202", "nothing is ticked", "Tick `True` or `False`.")
        elif ticked == 2:
            draft.report(block.place, "E203", "True and False are both ticked", "Leave one tick.")
        return Parsed(cls(options), stem, remarks) if ticked == 1 else None

    def dump(self) -> JSON:
        return tasklists.dump_options(self.options)

    @classmethod
    def load(cls, payload: JSON) -> Self:
        return cls(tasklists.load_options(payload))

    def graded_content(self) -> JSON:
        return self.dump()

    def ask(self, seed: Seed, typed: Form) -> tuple[ShownOption, ...]:
        return tasklists.shown(self._true_first(), _unshuffled(seed), typed.get("choice", ()))

    def read(self, form: Form, seed: Seed) -> JSON:
        chosen = single_value(form, "choice")
        if not chosen:
            raise AnswerError("Nothing is chosen. Choose True or False, or say you don’t know.")
        key = tasklists.by_token(self.options, seed).get(chosen)
        if key is None:
            raise AnswerError("What was sent is neither. Choose True or False.")
        return [key]

    def grade(self, response: JSON) -> Grade:
        right = any(option.right for option in self.options if option.key in response)
        return Grade(float(right), tuple(response))

    def review(self, seed: Seed, response: JSON) -> tuple[ReviewedOption, ...]:
        return tasklists.reviewed(self._true_first(), _unshuffled(seed), response or ())

    def describe(self, response: JSON) -> str:
        return tasklists.texts_of(self.options, response)

    def expected(self) -> str:
        return tasklists.texts_of(self.options, [o.key for o in self.options if o.right])

    def guess(self) -> float:
        return 0.5

    def samples(self, seed: Seed) -> Samples:
        token = {option.right: seed.token(option.text) for option in self.options}
        return Samples(
            right={"choice": [token[True]]},
            wrong={"choice": [token[False]]},
            unreadable={"choice": ["forged"]},
        )

    def _true_first(self) -> list[Option]:
        return sorted(self.options, key=lambda option: option.text, reverse=True)


def _unshuffled(seed: Seed) -> Seed:
    return replace(seed, shuffle=False)
