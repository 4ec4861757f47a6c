"""An arrangement of lines that lives in a form and changes by one move at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from quiz.core.errors import AnswerError
from quiz.core.kinds import Form

DEEPEST = 12
"""The deepest level of indentation a line can be given."""

BROKEN = "The lines that were sent are not those of this question. They are shown afresh."


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Tokens in use with their levels of indentation, one level a token, and tokens not in use."""

    line: tuple[str, ...]
    indent: tuple[int, ...]
    spare: tuple[str, ...] = ()

    def form(self) -> Form:
        """Return the form fields that hold this arrangement."""
        return {
            "line": self.line,
            "indent": tuple(str(level) for level in self.indent),
            "spare": self.spare,
        }

    def moved(self, move: str) -> Arrangement:
        """Return the arrangement after a move such as `up TOKEN`; at an edge nothing changes."""
        verb, _, token = move.partition(" ")
        if verb == "use" and token in self.spare:
            spare = tuple(other for other in self.spare if other != token)
            return Arrangement((*self.line, token), (*self.indent, 0), spare)
        steps = {"up": -1, "down": 1, "in": 1, "out": -1, "drop": 0}
        if verb not in steps or token not in self.line:
            raise AnswerError(BROKEN)
        at = self.line.index(token)
        if verb == "drop":
            return self._without(at)
        if verb in ("in", "out"):
            return self._indented(at, steps[verb])
        return self._swapped(at, at + steps[verb])

    def _without(self, at: int) -> Arrangement:
        return Arrangement(
            self.line[:at] + self.line[at + 1 :],
            self.indent[:at] + self.indent[at + 1 :],
            (*self.spare, self.line[at]),
        )

    def _indented(self, at: int, by: int) -> Arrangement:
        level = min(max(self.indent[at] + by, 0), DEEPEST)
        return replace(self, indent=(*self.indent[:at], level, *self.indent[at + 1 :]))

    def _swapped(self, at: int, other: int) -> Arrangement:
        if not 0 <= other < len(self.line):
            return self
        order = list(range(len(self.line)))
        order[at], order[other] = order[other], order[at]
        return replace(
            self,
            line=tuple(self.line[i] for i in order),
            indent=tuple(self.indent[i] for i in order),
        )


def read_arrangement(form: Form, tokens: Collection[str]) -> Arrangement:
    """Return the arrangement a form holds; levels may be left out.

    Raises AnswerError where it does not hold each token exactly once.
    """
    line, spare = tuple(form.get("line", ())), tuple(form.get("spare", ()))
    if sorted(line + spare) != sorted(tokens):
        raise AnswerError(BROKEN)
    return Arrangement(line, _read_levels(form.get("indent", ()), len(line)), spare)


def _read_levels(levels: Sequence[str], lines: int) -> tuple[int, ...]:
    if not levels:
        return (0,) * lines
    allowed = {str(level): level for level in range(DEEPEST + 1)}
    if len(levels) != lines or not allowed.keys() >= set(levels):
        raise AnswerError(BROKEN)
    return tuple(allowed[level] for level in levels)
