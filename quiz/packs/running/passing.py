"""What it means that a program passes: its `test` holds, and it prints what `output` says."""

from __future__ import annotations

from quiz.packs.running.bench import Bench, Unproven
from quiz.packs.running.cases import Case, Ending, Outcome, Piece
from quiz.packs.running.written import piece_of


class Passing:
    """The tests and the output of a question. Raises Unproven where there is neither (E509)."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.expected = bench.expected()
        fences = (fence for fence in bench.question.evidence if fence.role == "test")
        self.tests = tuple(piece_of(fence) for fence in fences)
        if not (self.tests or self.expected):
            hint = "Write a `test` that only the right program passes, or its `output`."
            bench.log(bench.place, "E509", "neither `test` nor `output` in the evidence", hint)
            raise Unproven

    def case(self, code: Piece) -> Case:
        """Return the case that runs the code and then the tests."""
        return Case(self.bench.pieces(code, *self.tests))

    def met(self, outcome: Outcome) -> bool:
        """Return whether a program passes."""
        if self.expected:
            return self.expected.met(outcome)
        return outcome.ending is Ending.over and not outcome.raised

    def passes(self, outcome: Outcome, hint: str = "") -> bool:
        """Return whether a program passes, reporting where it does not (E501, E502)."""
        if self.expected:
            return self.bench.holds(self.expected, outcome)
        return self.bench.worked(outcome, hint)
