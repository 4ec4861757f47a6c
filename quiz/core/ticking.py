"""Questions answered by ticking options: the verbs that their kinds share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from quiz.core.blocks import Block, Place
from quiz.core.choices import Choice
from quiz.core.drafts import stem_before
from quiz.core.errors import AnswerError
from quiz.core.kinds import (
    JSON,
    Draft,
    Fences,
    Form,
    Grade,
    Remark,
    Samples,
    Seed,
    single_value,
)
from quiz.core.tasklists import Option, read_options, task_lists


@dataclass(frozen=True, slots=True)
class Ticks:
    """What a task list says, at its place, and the blocks that ask before it."""

    options: tuple[Option, ...]
    stem: tuple[Block, ...]
    remarks: Mapping[str, Remark]
    place: Place


@dataclass(frozen=True, slots=True)
class ShownOption:
    """An option on a card that waits: nothing here tells whether it is right."""

    token: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ReviewedOption:
    """An option after the answer; `key` finds its remark."""

    key: str
    text: str
    right: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Options:
    """A question of which options are ticked; the response lists their keys."""

    options: tuple[Option, ...]

    interaction: ClassVar[str] = "choice"
    stated: ClassVar[bool] = False
    parts: ClassVar[frozenset[str]] = frozenset()
    many: ClassVar[frozenset[str]] = frozenset()
    roles: ClassVar[Mapping[str, Fences]] = {}
    self_graded: ClassVar[bool] = False

    def dump(self) -> JSON:
        return [{"key": o.key, "text": o.text, "right": o.right} for o in self.options]

    @classmethod
    def load(cls, payload: JSON) -> Self:
        return cls(tuple(Option(o["key"], o["text"], o["right"]) for o in payload))

    def graded_content(self) -> JSON:
        return self.dump()

    def ask(self, seed: Seed, typed: Form) -> tuple[ShownOption, ...]:
        chosen = typed.get("choice", ())
        shown = ((seed.token(option.text), option.text) for option in self.in_order(seed))
        return tuple(ShownOption(token, text, token in chosen) for token, text in shown)

    def review(self, seed: Seed, response: JSON) -> tuple[ReviewedOption, ...]:
        chosen = response or ()
        return tuple(
            ReviewedOption(option.key, option.text, option.right, option.key in chosen)
            for option in self.in_order(seed)
        )

    def describe(self, response: JSON) -> str:
        return "\n".join(option.text for option in self.options if option.key in response)

    def expected(self) -> str:
        return "\n".join(option.text for option in self.options if option.right)

    def choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(option.key, option.text, option.right) for option in self.options)

    def chosen(self, response: JSON) -> frozenset[str]:
        return frozenset(response)

    def in_order(self, seed: Seed) -> list[Option]:
        """Return the options in the order shown."""
        return seed.order(self.options, lambda option: option.text)

    def keys_by_token(self, seed: Seed) -> Mapping[str, str]:
        """Return the key of each option by the token a form posts for it."""
        return {seed.token(option.text): option.key for option in self.options}


@dataclass(frozen=True, slots=True)
class OneOption(Options):
    """A question with exactly one right option; the response is a list of its key."""

    def read(self, form: Form, seed: Seed) -> JSON:
        chosen = single_value(form, "choice")
        if not chosen:
            raise AnswerError("No option is chosen. Choose one, or say that you don’t know.")
        key = self.keys_by_token(seed).get(chosen)
        if key is None:
            raise AnswerError("What was sent is not one of the options. Choose one of those below.")
        return [key]

    def grade(self, response: JSON) -> Grade:
        right = any(option.right for option in self.options if option.key in response)
        return Grade(float(right), tuple(response))

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


def read_ticks(draft: Draft) -> Ticks | None:
    """Return the ticked options of a draft; None after reporting what is wrong (E201 to E210)."""
    block = task_lists(draft)[0]
    stem = stem_before(draft, block)
    read = read_options(draft)
    if read is None:
        return None
    if not any(option.right for option in read[0]):
        draft.report(block.place, "E202", "no option is ticked", "Tick the right one: `[x]`.")
        return None
    return Ticks(read[0], stem, read[1], block.place)


def read_one_tick(draft: Draft) -> Ticks | None:
    """Return the options of a draft with one of them ticked; None after reporting (E203 too)."""
    ticks = read_ticks(draft)
    ticked = sum(option.right for option in ticks.options) if ticks else 0
    if ticks and ticked > 1:
        draft.report(
            ticks.place,
            "E203",
            f"{ticked} options are ticked in a single choice",
            "Leave one tick, or say `kind: multiple`.",
        )
    return ticks if ticked == 1 else None
