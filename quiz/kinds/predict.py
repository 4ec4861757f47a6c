"""What a program prints, and how it ends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from quiz.core.answers import nothing_beside
from quiz.core.drafts import feedback
from quiz.core.errors import AnswerError
from quiz.core.kinds import JSON, Draft, Fences, Form, Grade, Parsed, Samples, Seed, single_value
from quiz.core.lines import ComparedLine, compared
from quiz.core.typed import FORGIVEN, normal_output

NORMALLY, RAISES = "normally", "raises"


@dataclass(frozen=True, slots=True)
class PredictAsk:
    """The program, and what was typed so far; `ends` is `normally`, `raises` or ""."""

    language: str
    code: str
    output: str
    ends: str
    exception: str
    forgiven: str


@dataclass(frozen=True, slots=True)
class PredictReview:
    """Both outputs line by line, and both endings: the name of an exception, "" for none.

    `mine_raises` is None after "I don't know"; `sign` is the key of the remark on the output.
    """

    language: str
    code: str
    lines: tuple[ComparedLine, ...]
    mine_raises: str | None
    raises: str
    sign: str


@dataclass(frozen=True, slots=True)
class Predict:
    """A program; the response holds `output` and `raises`, the exception's name or None.

    `raises` is "" where the program ends normally.
    """

    code: str
    language: str
    output: str
    raises: str = ""

    name: ClassVar[str] = "predict"
    interaction: ClassVar[str] = "long-fill-in"
    stated: ClassVar[bool] = False
    parts: ClassVar[frozenset[str]] = frozenset({"Answer", "Feedback"})
    many: ClassVar[frozenset[str]] = frozenset()
    roles: ClassVar[Mapping[str, Fences]] = {}
    self_graded: ClassVar[bool] = False

    @classmethod
    def claims(cls, draft: Draft) -> bool:
        return draft.answer_fence("output") is not None

    @classmethod
    def parse(cls, draft: Draft) -> Parsed | None:
        fence, program = draft.answer_fence("output"), draft.body_fence("run")
        if fence is None:
            return None
        nothing_beside(draft, fence)
        if program is None:
            hint = "Write the program as a fence with the role `run`."
            draft.report(fence.place, "E361", "output without a program", hint)
            return None
        output = normal_output(fence.code)
        raises = _last_part(fence.options.get("raises", ""))
        stem = tuple(block for block in draft.body if block is not program)
        remarks = feedback(draft, normal_output, [output])
        code = program.code.removesuffix("\n")
        return Parsed(cls(code, program.language, output, raises), stem, remarks)

    def dump(self) -> JSON:
        return {
            "code": self.code,
            "language": self.language,
            "output": self.output,
            "raises": self.raises,
        }

    @classmethod
    def load(cls, payload: JSON) -> Self:
        return cls(**payload)

    def graded_content(self) -> JSON:
        return self.dump()

    def ask(self, seed: Seed, typed: Form) -> PredictAsk:
        output, ends, exception = _typed(typed)
        forgiven = FORGIVEN["output"]
        return PredictAsk(self.language, self.code, output, ends, exception, forgiven)

    def read(self, form: Form, seed: Seed) -> JSON:
        output, ends, exception = _typed(form)
        if ends == NORMALLY:
            return {"output": output, "raises": None}
        if ends != RAISES:
            raise AnswerError("Say how the program ends: normally, or with an exception.")
        if not _last_part(exception):
            raise AnswerError("Write the name of the exception, such as ValueError.")
        return {"output": output, "raises": _last_part(exception)}

    def grade(self, response: JSON) -> Grade:
        given = normal_output(response["output"])
        right = given == self.output and (response["raises"] or "") == self.raises
        return Grade(float(right), (given,))

    def review(self, seed: Seed, response: JSON) -> PredictReview:
        sign = normal_output(response["output"]) if response else ""
        mine = sign.split("\n") if response else []
        raises = (response["raises"] or "") if response else None
        lines = compared(mine, self.output.split("\n"))
        return PredictReview(self.language, self.code, lines, raises, self.raises, sign)

    def describe(self, response: JSON) -> str:
        return _described(response["output"], response["raises"])

    def expected(self) -> str:
        return _described(self.output, self.raises)

    def guess(self) -> float:
        return 0.0

    def samples(self, seed: Seed) -> Samples:
        ends = {"ends": [RAISES if self.raises else NORMALLY], "exception": [self.raises]}
        return Samples(
            right={"output": [self.output], **ends},
            wrong={"output": [self.output + "?"], **ends},
            unreadable={"output": [self.output]},
        )


def _typed(form: Form) -> tuple[str, str, str]:
    return (
        single_value(form, "output"),
        single_value(form, "ends"),
        single_value(form, "exception"),
    )


def _last_part(name: str) -> str:
    """Return the class name alone, of `sqlalchemy.exc.DBAPIError: text` or `ValueError()` too."""
    dotted = re.split(r"[:(\s]", name.strip(), maxsplit=1)[0]
    return dotted.rpartition(".")[2]


def _described(output: str, raises: str | None) -> str:
    ending = f"raises {raises}" if raises else "ends normally"
    return f"{output.rstrip()}\n{ending}".lstrip("\n")
