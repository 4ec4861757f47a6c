"""Cases to run, and what became of them, in places of the pack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from quiz.core.blocks import Place


@dataclass(frozen=True, slots=True)
class Piece:
    """Code that runs in one go; `place` is that of its first line in the pack."""

    code: str
    place: Place

    def line_place(self, line: int) -> Place:
        """Return the place of a line of the file, or of the first one for a line elsewhere."""
        last = self.place.line + self.code.removesuffix("\n").count("\n")
        inside = self.place.line <= line <= last
        return Place(self.place.file, line, self.place.col) if inside else self.place


@dataclass(frozen=True, slots=True)
class Case:
    """Pieces that run one after the other in a namespace of their own; then `check(*args)`.

    No check is called where `args` is None.
    """

    pieces: tuple[Piece, ...]
    args: tuple[str, ...] | None = None


class Ending(StrEnum):
    """How a case ended."""

    over = "over"
    """It ran to its end, or to an exception."""
    stuck = "stuck"
    """Its time was over."""
    left = "left"
    """It ended the interpreter itself, or made it crash."""
    flooded = "flooded"
    """It printed too much."""


@dataclass(frozen=True, slots=True)
class Step:
    """A line that an exception passed, outermost first."""

    piece: Piece
    place: Place


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case.

    `raised` is the class name of an exception that was not caught, "" without one; `place` is where
    it was raised, got stuck or left. `value` is what `check` said; None where there is no such
    answer, and then `odd` is the type of what it said instead, or `missing`.
    """

    ending: Ending
    place: Place
    output: str = ""
    raised: str = ""
    message: str = ""
    steps: tuple[Step, ...] = ()
    value: bool | None = None
    odd: str = ""

    def same(self, other: Outcome) -> bool:
        """Return whether both say the same of the code; messages may hold addresses."""
        mine = (self.ending, self.place, self.output, self.raised, self.value, self.odd)
        return mine == (
            other.ending,
            other.place,
            other.output,
            other.raised,
            other.value,
            other.odd,
        )


@dataclass(frozen=True, slots=True)
class Runs:
    """The outcomes of all cases, run twice, and of the whole program where one was asked for."""

    first: tuple[Outcome, ...]
    second: tuple[Outcome, ...]
    program: Outcome | None = None


class Lab(Protocol):
    """Where cases are run."""

    def run(self, cases: Sequence[Case], program: Sequence[Piece] = ()) -> Runs:
        """Run the cases, and the whole program that the pieces make, if any."""

    def run_once(self, cases: Sequence[Case], seconds: float) -> tuple[Outcome, ...]:
        """Run each case once, whatever the others do, for so many seconds at most.

        A case that begins like one that failed is not run; it fails, too.
        """
