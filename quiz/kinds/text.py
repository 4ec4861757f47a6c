"""A line of text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from quiz.core.answers import nothing_beside
from quiz.core.blocks import Fence
from quiz.core.drafts import did_you_mean, feedback
from quiz.core.errors import AnswerError
from quiz.core.fields import AnsweredField, Field
from quiz.core.kinds import JSON, Draft, Fences, Form, Grade, Parsed, Samples, Seed, single_value
from quiz.core.typed import FORGIVEN, normal

MODES = ("code", "text", "exact")


@dataclass(frozen=True, slots=True)
class Text:
    """A question answered by a line; the response is that line as typed.

    `accepted` stands as written, the model answer first; `match` is how lines are compared.
    """

    accepted: tuple[str, ...]
    match: str = "code"

    name: ClassVar[str] = "text"
    interaction: ClassVar[str] = "fill-in"
    stated: ClassVar[bool] = False
    parts: ClassVar[frozenset[str]] = frozenset({"Answer", "Feedback"})
    many: ClassVar[frozenset[str]] = frozenset()
    roles: ClassVar[Mapping[str, Fences]] = {}
    self_graded: ClassVar[bool] = False

    @classmethod
    def claims(cls, draft: Draft) -> bool:
        return draft.answer_fence("answer") is not None

    @classmethod
    def parse(cls, draft: Draft) -> Parsed | None:
        fence = draft.answer_fence("answer")
        if fence is None:
            return None
        nothing_beside(draft, fence)
        match = fence.options.get("match", "code")
        if match not in MODES:
            hint = did_you_mean(match, MODES)
            draft.report(fence.place, "E302", f"unknown match mode '{match}'", hint)
            return None
        accepted = _accepted(draft, fence, match)
        if not accepted:
            draft.report(fence.place, "E301", "no answer", "Write one accepted answer a line.")
            return None
        remarks = feedback(draft, lambda value: normal(value, match), accepted)
        return Parsed(cls(tuple(accepted.values()), match), draft.body, remarks)

    def dump(self) -> JSON:
        return {"accepted": list(self.accepted), "match": self.match}

    @classmethod
    def load(cls, payload: JSON) -> Self:
        return cls(tuple(payload["accepted"]), payload["match"])

    def graded_content(self) -> JSON:
        return self.dump()

    def ask(self, seed: Seed, typed: Form) -> Field:
        return Field(single_value(typed, "answer"), FORGIVEN[self.match])

    def read(self, form: Form, seed: Seed) -> JSON:
        answer = single_value(form, "answer")
        if not answer.strip():
            raise AnswerError("Nothing is written. Write an answer, or say that you don’t know.")
        return answer

    def grade(self, response: JSON) -> Grade:
        given = normal(response, self.match)
        return Grade(float(given in self._normal()), (given,))

    def review(self, seed: Seed, response: JSON) -> AnsweredField:
        model, *also = self.accepted
        if response is None:
            return AnsweredField(None, False, model, tuple(also))
        score, signs = self.grade(response).score, self.grade(response).signs
        return AnsweredField(response, score == 1, model, tuple(also), signs[0])

    def describe(self, response: JSON) -> str:
        return str(response)

    def expected(self) -> str:
        return self.accepted[0]

    def guess(self) -> float:
        return 0.0

    def samples(self, seed: Seed) -> Samples:
        return Samples(
            right={"answer": [self.accepted[0]]},
            wrong={"answer": [max(self._normal(), key=len) + "?"]},
            unreadable={"answer": [" "]},
        )

    def _normal(self) -> list[str]:
        return [normal(answer, self.match) for answer in self.accepted]


def _accepted(draft: Draft, fence: Fence, match: str) -> dict[str, str]:
    """Return the accepted answers by their normal form, reporting those that are equal (E303)."""
    accepted: dict[str, str] = {}
    for at, line in enumerate(fence.lines()):
        value = normal(line, match)
        if not line.strip():
            continue
        if value in accepted:
            draft.report(
                fence.line_place(at),
                "E303",
                f"'{line}' is accepted already, as '{accepted[value]}'",
                "Remove one of them.",
            )
        accepted.setdefault(value, line)
    return accepted
