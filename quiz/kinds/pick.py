"""Lines of code to find."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from quiz.core.blocks import Fence
from quiz.core.choices import Choice
from quiz.core.drafts import remark, stem_before
from quiz.core.errors import AnswerError
from quiz.core.kinds import JSON, Draft, Fences, Form, Grade, Parsed, Remark, Samples, Seed
from quiz.core.lines import told_apart

MARK = re.compile(r"\s*#\s\[([ xX])\](?:\s+(.*))?$")
NEARLY_MARK = re.compile(
    r"""(?:^|\s)(?:
        \#\s*\[\s*[^\W\d_]?\s*\]             # `#[x]`, `# []`, `# [y] why`, `# [x]why`
      | \#\s*\[[xX](?:\s[^],]*)?$             # `# [x` and `# [x why`, never closed
      | \#\s*[xX]\](?:\s|$)                   # `# x] why`
      | (?://|--)\s*\[[xX\ ]\]\s+\w            # the comment sign of another language
    )""",
    re.VERBOSE,
)
NONE = "none"
"""The flag of the fence, and the value of the field `line` for "No line is wrong"."""


@dataclass(frozen=True, slots=True)
class PickLine:
    """A line that waits; `token` is "" for an empty line, which cannot be ticked."""

    token: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PickAsk:
    """The lines in their order, and whether "No line is wrong" is ticked."""

    language: str
    code: str
    lines: tuple[PickLine, ...]
    none_chosen: bool


@dataclass(frozen=True, slots=True)
class PickedLine:
    """A line after the answer; `key` is its number as text and finds its remark."""

    key: str
    text: str
    right: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class PickReview:
    """The lines in their order; `none_*` speak of "No line is wrong"."""

    language: str
    code: str
    lines: tuple[PickedLine, ...]
    none_right: bool
    none_chosen: bool


@dataclass(frozen=True, slots=True)
class Pick:
    """Code of which lines are ticked; the response lists their numbers as text, [] for none.

    `marked` are the numbers of the right lines, from 1, empty where no line is wrong.
    """

    lines: tuple[str, ...]
    language: str
    marked: tuple[int, ...]

    name: ClassVar[str] = "pick"
    interaction: ClassVar[str] = "choice"
    stated: ClassVar[bool] = False
    parts: ClassVar[frozenset[str]] = frozenset()
    many: ClassVar[frozenset[str]] = frozenset({"line"})
    roles: ClassVar[Mapping[str, Fences]] = {
        "pick": Fences(flags=frozenset({NONE}), options=frozenset({"setup"}))
    }
    self_graded: ClassVar[bool] = False

    @classmethod
    def claims(cls, draft: Draft) -> bool:
        return draft.body_fence("pick") is not None

    @classmethod
    def parse(cls, draft: Draft) -> Parsed | None:
        fence = draft.body_fence("pick")
        if fence is None:
            return None
        stem = stem_before(draft, fence)
        marks = [MARK.search(line) for line in fence.lines()]
        lines = tuple(MARK.sub("", line).rstrip() for line in fence.lines())
        marked = tuple(n for n, mark in enumerate(marks, 1) if mark and mark[1] in "xX")
        if not (_plain_marks(draft, fence, lines) and _right_marks(draft, fence, lines, marked)):
            return None
        remarks: dict[str, Remark] = {}
        for number, mark in enumerate(marks, 1):
            if mark and mark[2]:
                place = fence.line_place(number - 1)
                said = remark(draft, mark[2].strip(), place, wrong=number not in marked)
                remarks[str(number)] = said
        return Parsed(cls(lines, fence.language, marked), stem, remarks)

    def dump(self) -> JSON:
        return {"lines": list(self.lines), "language": self.language, "marked": list(self.marked)}

    @classmethod
    def load(cls, payload: JSON) -> Self:
        return cls(tuple(payload["lines"]), payload["language"], tuple(payload["marked"]))

    def graded_content(self) -> JSON:
        return self.dump()

    def ask(self, seed: Seed, typed: Form) -> PickAsk:
        chosen = typed.get("line", ())
        lines = (
            PickLine(token if text else "", text, token in chosen)
            for token, text in zip(self._tokens(seed), self.lines, strict=True)
        )
        return PickAsk(self.language, self._code(), tuple(lines), NONE in chosen)

    def read(self, form: Form, seed: Seed) -> JSON:
        chosen = set(form.get("line", ()))
        none = NONE in chosen
        chosen.discard(NONE)
        if bool(chosen) == none:
            found = (
                "Lines are ticked, and “No line is wrong” too." if none else "Nothing is ticked."
            )
            raise AnswerError(f"{found} Tick the lines you mean, or “No line is wrong”.")
        tokens = self._tokens(seed)
        numbers = {token: n for n, token in enumerate(tokens, 1) if self.lines[n - 1]}
        if not numbers.keys() >= chosen:
            raise AnswerError("What was sent is not a line of this code. Tick some of those below.")
        return [str(number) for number in sorted(numbers[token] for token in chosen)]

    def grade(self, response: JSON) -> Grade:
        chosen = {int(number) for number in response}
        right = set(self.marked)
        if not right:
            return Grade(float(not chosen), tuple(response))
        score = (len(chosen & right) - len(chosen - right)) / len(right)
        return Grade(max(0.0, score), tuple(response))

    def review(self, seed: Seed, response: JSON) -> PickReview:
        lines = (
            PickedLine(str(n), text, n in self.marked, str(n) in (response or ()))
            for n, text in enumerate(self.lines, 1)
        )
        none_right, none_chosen = not self.marked, response == []
        return PickReview(self.language, self._code(), tuple(lines), none_right, none_chosen)

    def describe(self, response: JSON) -> str:
        lines = (f"{number}: {self.lines[int(number) - 1].strip()}" for number in response)
        return "\n".join(lines) or "No line is wrong"

    def expected(self) -> str:
        return self.describe([str(number) for number in self.marked])

    def guess(self) -> float | None:
        return None  # it depends on how many one ticks

    def choices(self) -> tuple[Choice, ...]:
        lines = (
            Choice(str(n), text.strip(), n in self.marked, offered=n in self.marked)
            for n, text in enumerate(self.lines, 1)
            if text
        )
        none = Choice(NONE, "No line is wrong", not self.marked, offered=not self.marked)
        return (*lines, none)

    def chosen(self, response: JSON) -> frozenset[str]:
        return frozenset(response or [NONE])

    def samples(self, seed: Seed) -> Samples:
        tokens = dict(enumerate(self._tokens(seed), 1))
        marked = [tokens[number] for number in self.marked]
        other = [tokens[n] for n, text in enumerate(self.lines, 1) if text and n not in self.marked]
        return Samples(
            right={"line": marked or [NONE]},
            wrong={"line": other[:1]},
            unreadable={"line": [*other[:1], NONE]},
        )

    def _tokens(self, seed: Seed) -> list[str]:
        return [seed.token(apart) for apart in told_apart(self.lines)]

    def _code(self) -> str:
        return "\n".join(self.lines)


def _plain_marks(draft: Draft, fence: Fence, lines: Iterable[str]) -> bool:
    """Return whether no line keeps what was meant as a mark, reporting those that do (E201)."""
    kept = [
        (n, found[0].strip()) for n, line in enumerate(lines) if (found := NEARLY_MARK.search(line))
    ]
    for number, text in kept:
        hint = "Write `# [x] why` or `# [ ] why not` behind the code, in any language."
        place = fence.line_place(number)
        draft.report(place, "E201", f"malformed mark in '{text[:40]}'", hint)
    return not kept


def _right_marks(
    draft: Draft, fence: Fence, lines: tuple[str, ...], marked: tuple[int, ...]
) -> bool:
    """Return whether the marks can be asked, reporting where not (E351, E353)."""
    empty = [number for number in marked if not lines[number - 1]]
    mark = "Write ` # [x] why` behind each line that is meant"
    for number in empty:
        place = fence.line_place(number - 1)
        draft.report(place, "E351", "a mark on a line without code", f"{mark}.")
    if NONE in fence.flags and marked:
        place = fence.line_place(marked[0] - 1)
        draft.report(place, "E351", "a line is marked although the fence says `none`", f"{mark}.")
        return False
    if not marked and NONE not in fence.flags:
        hint = f"{mark}, or say `none` where no line is wrong."
        draft.report(fence.place, "E351", "no line is marked", hint)
        return False
    if len(marked) >= sum(bool(line) for line in lines):
        draft.report(fence.place, "E353", "every line is marked", "Leave some line unmarked.")
        return False
    return not empty
