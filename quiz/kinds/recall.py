"""Own words, held against a model answer by the learner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from quiz.core.blocks import Comment, Fence, ItemList, markdown
from quiz.core.drafts import report_unseen
from quiz.core.errors import AnswerError
from quiz.core.kinds import (
    JSON,
    Draft,
    Fences,
    Form,
    Grade,
    Parsed,
    Pending,
    Samples,
    Seed,
    single_value,
)

MACHINE_READ = frozenset({"answer", "number", "output"})
GRADES = ("yes", "no")


@dataclass(frozen=True, slots=True)
class RecallAsk:
    """What was written so far."""

    words: str


@dataclass(frozen=True, slots=True)
class RecallReview:
    """The model answer in Markdown, what a good answer names, and what the learner said of theirs.

    `words` and `self_grade` are None where they were not given.
    """

    words: str | None
    self_grade: str | None
    model: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recall:
    """A question answered freely; the response holds `words` and `self_grade`, `yes` or `no`."""

    model: str
    points: tuple[str, ...] = ()

    name: ClassVar[str] = "recall"
    interaction: ClassVar[str] = "long-fill-in"
    stated: ClassVar[bool] = True
    parts: ClassVar[frozenset[str]] = frozenset({"Answer", "Points"})
    many: ClassVar[frozenset[str]] = frozenset()
    roles: ClassVar[Mapping[str, Fences]] = {}
    self_graded: ClassVar[bool] = True

    @classmethod
    def claims(cls, draft: Draft) -> bool:
        blocks = draft.answer.blocks if draft.answer else ()
        fences = (block for block in blocks if isinstance(block, Fence))
        return draft.answer is not None and all(f.language not in MACHINE_READ for f in fences)

    @classmethod
    def parse(cls, draft: Draft) -> Parsed | None:
        answer = draft.answer
        if answer is None:
            return None
        if all(isinstance(block, Comment) for block in answer.blocks):
            draft.report(answer.place, "E371", "`### Answer` is empty", "Write a model answer.")
            return None
        return Parsed(cls(markdown(answer.blocks), _points(draft)), draft.body)

    def dump(self) -> JSON:
        return {"model": self.model, "points": list(self.points)}

    @classmethod
    def load(cls, payload: JSON) -> Self:
        return cls(payload["model"], tuple(payload["points"]))

    def graded_content(self) -> JSON:
        return self.dump()

    def ask(self, seed: Seed, typed: Form) -> RecallAsk:
        return RecallAsk(single_value(typed, "words"))

    def read(self, form: Form, seed: Seed) -> JSON | Pending:
        words, grade = single_value(form, "words"), single_value(form, "self_grade")
        if not words.strip():
            raise AnswerError(
                "Nothing is written. Say it in your own words first, or say that you don’t know."
            )
        if not grade:
            return Pending({"words": [words]}, reveal=True)
        if grade not in GRADES:
            raise AnswerError("Say whether your answer holds what the model answer says.")
        return {"words": words, "self_grade": grade}

    def grade(self, response: JSON) -> Grade:
        return Grade(float(response["self_grade"] == "yes"))

    def review(self, seed: Seed, response: JSON) -> RecallReview:
        given = response or {}
        return RecallReview(given.get("words"), given.get("self_grade"), self.model, self.points)

    def describe(self, response: JSON) -> str:
        return str(response["words"])

    def expected(self) -> str:
        return self.model

    def guess(self) -> float:
        return 0.0

    def samples(self, seed: Seed) -> Samples:
        return Samples(
            right={"words": ["In my words"], "self_grade": ["yes"]},
            wrong={"words": ["In my words"], "self_grade": ["no"]},
            unreadable={"self_grade": ["yes"]},
        )


def _points(draft: Draft) -> tuple[str, ...]:
    """Return what a good answer names, one Markdown text a point; report other text (E112)."""
    blocks = [block for part in draft.named("Points") for block in part.blocks]
    others = (block for block in blocks if not isinstance(block, ItemList))
    hint = "Make it a point of the list, or move it under `### Answer`."
    report_unseen(draft, others, "what is no list under `### Points`", hint)
    lists = (block for block in blocks if isinstance(block, ItemList))
    return tuple(markdown(item.blocks) for found in lists for item in found.items)
