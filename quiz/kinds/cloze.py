"""Blanks in code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from quiz.core.answers import nothing_beside
from quiz.core.blanks import MARK, Fills, pieces, read_fills, visible
from quiz.core.blocks import Fence, ItemList, markdown
from quiz.core.drafts import stem_before
from quiz.core.errors import AnswerError
from quiz.core.kinds import JSON, Draft, Fences, Form, Grade, Parsed, Samples, Seed, single_value
from quiz.core.typed import FORGIVEN, normal


@dataclass(frozen=True, slots=True)
class Blank:
    """A field inside a line: its number from 1, its form field, and what was typed."""

    number: int
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class AnsweredBlank:
    """A field after the answer; `sign` is the key of the remark on what was typed."""

    number: int
    value: str
    right: bool
    expected: str
    sign: str


@dataclass(frozen=True, slots=True)
class ClozeLine:
    """A line: one piece of code more than it has blanks, in turns."""

    pieces: tuple[str, ...]
    blanks: tuple[Blank | AnsweredBlank, ...]


@dataclass(frozen=True, slots=True)
class ClozeView:
    """Code with fields in it; `code` has `____` in their place."""

    language: str
    code: str
    lines: tuple[ClozeLine, ...]
    forgiven: str


@dataclass(frozen=True, slots=True)
class Cloze:
    """Code with blanks; the response maps the number of each blank, as text, to what was typed."""

    code: str
    language: str
    accepted: tuple[tuple[str, ...], ...]

    name: ClassVar[str] = "cloze"
    interaction: ClassVar[str] = "fill-in"
    stated: ClassVar[bool] = False
    parts: ClassVar[frozenset[str]] = frozenset({"Answer"})
    many: ClassVar[frozenset[str]] = frozenset()
    roles: ClassVar[Mapping[str, Fences]] = {"cloze": Fences(options=frozenset({"setup"}))}
    self_graded: ClassVar[bool] = False

    @classmethod
    def claims(cls, draft: Draft) -> bool:
        return draft.body_fence("cloze") is not None

    @classmethod
    def parse(cls, draft: Draft) -> Parsed | None:
        fence = draft.body_fence("cloze")
        if fence is None:
            return None
        stem = stem_before(draft, fence)
        fills = _read_fills(draft, fence)
        if fills is None:
            return None
        code = "\n".join(MARK.join(line) for line in pieces(fence.code))
        shown = (code, markdown(stem) or draft.title.source)
        for number, fill in enumerate(fills, 1):
            if visible(normal(fill.accepted[0], "code"), shown):
                message = f"the answer to blank {number} stands elsewhere in the question"
                draft.report(fence.place, "W324", message, "Blank it there too, or reword.")
        remarks = {
            f"{number}={value}": said
            for number, fill in enumerate(fills, 1)
            for value, said in fill.remarks.items()
        }
        return Parsed(cls(code, fence.language, tuple(f.accepted for f in fills)), stem, remarks)

    def dump(self) -> JSON:
        return {
            "code": self.code,
            "language": self.language,
            "accepted": [list(accepted) for accepted in self.accepted],
        }

    @classmethod
    def load(cls, payload: JSON) -> Self:
        accepted = tuple(tuple(answers) for answers in payload["accepted"])
        return cls(payload["code"], payload["language"], accepted)

    def graded_content(self) -> JSON:
        return self.dump()

    def ask(self, seed: Seed, typed: Form) -> ClozeView:
        names = [_field(number) for number in self._numbers()]
        return self._view(
            Blank(number, name, single_value(typed, name)) for number, name in enumerate(names, 1)
        )

    def read(self, form: Form, seed: Seed) -> JSON:
        typed = {str(number): single_value(form, _field(number)) for number in self._numbers()}
        empty = [number for number, value in typed.items() if not value.strip()]
        if empty:
            which = "Blank" if len(empty) == 1 else "Blanks"
            verb = "is" if len(empty) == 1 else "are"
            raise AnswerError(f"{which} {', '.join(empty)} {verb} empty. Fill in every blank.")
        return typed

    def grade(self, response: JSON) -> Grade:
        blanks = self._answered(response)
        share = sum(blank.right for blank in blanks) / len(blanks)
        return Grade(share, tuple(blank.sign for blank in blanks if not blank.right))

    def review(self, seed: Seed, response: JSON) -> ClozeView:
        return self._view(iter(self._answered(response or {})))

    def describe(self, response: JSON) -> str:
        return "\n".join(f"{number}: {value}" for number, value in response.items())

    def expected(self) -> str:
        return "\n".join(f"{n}: {answers[0]}" for n, answers in enumerate(self.accepted, 1))

    def guess(self) -> float:
        return 0.0

    def samples(self, seed: Seed) -> Samples:
        right = {_field(n): [answers[0]] for n, answers in enumerate(self.accepted, 1)}
        longest = max((normal(answer, "code") for answer in self.accepted[0]), key=len)
        return Samples(
            right=right,
            wrong={**right, _field(1): [longest + "?"]},
            unreadable={**right, _field(1): [" "]},
        )

    def _numbers(self) -> range:
        return range(1, len(self.accepted) + 1)

    def _answered(self, response: JSON) -> list[AnsweredBlank]:
        blanks = []
        for number, answers in enumerate(self.accepted, 1):
            value = response.get(str(number), "")
            given = normal(value, "code")
            right = given in {normal(answer, "code") for answer in answers}
            blanks.append(AnsweredBlank(number, value, right, answers[0], f"{number}={given}"))
        return blanks

    def _view(self, blanks: Iterator[Blank | AnsweredBlank]) -> ClozeView:
        lines = tuple(
            ClozeLine(tuple(line), tuple(next(blanks) for _ in line[1:]))
            for line in pieces(self.code)
        )
        return ClozeView(self.language, self.code, lines, FORGIVEN["code"])


def _field(number: int) -> str:
    return f"blank-{number}"


def _read_fills(draft: Draft, fence: Fence) -> tuple[Fills, ...] | None:
    """Return the fills of all blanks; None after reporting what is wrong (E321 to E323)."""
    blanks = sum(len(line) - 1 for line in pieces(fence.code))
    if not blanks:
        draft.report(fence.place, "E322", "no blank", "Write `____` where something is to fill in.")
        return None
    blocks = draft.answer.blocks if draft.answer else ()
    lists = (block for block in blocks if isinstance(block, ItemList) and block.ordered)
    listed = next(lists, None)
    answers = len(listed.items) if listed else 0
    if listed:
        nothing_beside(draft, listed)
    if answers != blanks:
        draft.report(
            listed.place if listed else fence.place,
            "E321",
            f"blanks: {blanks}, answers: {answers}",
            "Write a numbered list under `### Answer`, one item a blank.",
        )
    fills = read_fills(draft, listed) if listed else None
    return fills if answers == blanks else None
