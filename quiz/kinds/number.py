"""A number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import ClassVar, Self

from quiz.core.answers import nothing_beside
from quiz.core.drafts import feedback
from quiz.core.errors import AnswerError
from quiz.core.fields import AnsweredField, Field
from quiz.core.kinds import (
    JSON,
    Draft,
    Fences,
    Form,
    Grade,
    Parsed,
    Remark,
    Samples,
    Seed,
    single_value,
)
from quiz.core.numbers import Interval, normal_number, read_accepted, read_number

FORGIVEN = "A comma is read as a decimal point. Write no units and no separators between thousands."


@dataclass(frozen=True, slots=True)
class Number:
    """A question answered by a number; the response is that number as text, such as "3.5".

    `model` is what the author wrote, with `±`.
    """

    accepted: Interval
    model: str

    name: ClassVar[str] = "number"
    interaction: ClassVar[str] = "numeric"
    stated: ClassVar[bool] = False
    parts: ClassVar[frozenset[str]] = frozenset({"Answer", "Feedback"})
    many: ClassVar[frozenset[str]] = frozenset()
    roles: ClassVar[Mapping[str, Fences]] = {}
    self_graded: ClassVar[bool] = False

    @classmethod
    def claims(cls, draft: Draft) -> bool:
        return draft.answer_fence("number") is not None

    @classmethod
    def parse(cls, draft: Draft) -> Parsed | None:
        fence = draft.answer_fence("number")
        if fence is None:
            return None
        nothing_beside(draft, fence)
        lines = [(at, line) for at, line in enumerate(fence.lines()) if line.strip()]
        if not lines:
            draft.report(fence.place, "E301", "no number", "Write `42` or `1.41 +- 0.01`.")
            return None
        for at, _ in lines[1:2]:
            hint = "Write one number, or a range: `[1.4, 1.42]`."
            draft.report(fence.line_place(at), "E311", "more than one line", hint)
        at, line = lines[0]
        accepted = read_accepted(line, partial(draft.report, fence.line_place(at)))
        if accepted is None:
            return None
        model = " ± ".join(part.strip() for part in line.replace("+-", "±").split("±"))
        return Parsed(cls(accepted, model), draft.body, _feedback(draft, accepted))

    def dump(self) -> JSON:
        return {**self.graded_content(), "model": self.model}

    @classmethod
    def load(cls, payload: JSON) -> Self:
        interval = Interval(Decimal(payload["low"]), Decimal(payload["high"]))
        return cls(interval, payload["model"])

    def graded_content(self) -> JSON:
        return {"low": normal_number(self.accepted.low), "high": normal_number(self.accepted.high)}

    def ask(self, seed: Seed, typed: Form) -> Field:
        return Field(single_value(typed, "answer"), FORGIVEN)

    def read(self, form: Form, seed: Seed) -> JSON:
        typed = single_value(form, "answer").strip()
        if not typed:
            raise AnswerError("Nothing is written. Write a number, or say that you don’t know.")
        number = read_number(typed)
        if number is None:
            raise AnswerError(f"Write a number, such as 3.5. You wrote ‘{typed[:60]}’.")
        return normal_number(number)

    def grade(self, response: JSON) -> Grade:
        return Grade(float(Decimal(response) in self.accepted), (response,))

    def review(self, seed: Seed, response: JSON) -> AnsweredField:
        if response is None:
            return AnsweredField(None, False, self.model)
        right = Decimal(response) in self.accepted
        return AnsweredField(response, right, self.model, sign=response)

    def describe(self, response: JSON) -> str:
        return str(response)

    def expected(self) -> str:
        return self.model

    def guess(self) -> float:
        return 0.0

    def samples(self, seed: Seed) -> Samples:
        beyond = abs(self.accepted.high) * 2 + 1
        return Samples(
            right={"answer": [normal_number(self.accepted.low)]},
            wrong={"answer": [normal_number(beyond)]},
            unreadable={"answer": ["1,,4"]},
        )


def _feedback(draft: Draft, accepted: Interval) -> Mapping[str, Remark]:
    right = []
    for part in draft.named("Feedback"):
        number = read_number(part.value)
        if number is None:
            draft.report(part.place, "E311", f"'{part.value}' is not a number", "Write a number.")
        elif number in accepted:
            right.append(normal_number(number))
    return feedback(draft, _normal, right)


def _normal(text: str) -> str:
    number = read_number(text)
    return text if number is None else normal_number(number)
