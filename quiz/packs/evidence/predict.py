"""What a program prints: output and exception are real."""

from __future__ import annotations

from quiz.kinds.predict import Predict
from quiz.packs.running.bench import Bench, Result, Unproven
from quiz.packs.running.cases import Case
from quiz.packs.running.written import Expected, piece_of


def prove(bench: Bench) -> Result:
    """Prove that the program prints just this, and ends like this."""
    program, kind = bench.draft.body_fence("run"), bench.kind
    if program is None or not isinstance(kind, Predict):
        raise Unproven
    pieces = bench.pieces(piece_of(program))
    (outcome,) = bench.run([Case(pieces)], pieces)
    expected = Expected(kind.output, kind.raises, bench.draft.answer_fence("output"))
    return Result.proven if bench.holds(expected, outcome) else Result.unproven
