"""A number: what the program prints is accepted."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from quiz.core.numbers import Interval, read_number
from quiz.core.questions import Question
from quiz.kinds.number import Number
from quiz.packs.running.bench import Bench, Result, Unproven, shown
from quiz.packs.running.cases import Case
from quiz.packs.running.mutants import Mutants, mutant
from quiz.packs.running.written import piece_of


def prove(bench: Bench) -> Result:
    """Prove that the printed number is right."""
    program = (
        bench.fence("run")
        or bench.program()
        or bench.needed("run", "Write a program that prints the number.")
    )
    pieces = bench.pieces(piece_of(program))
    (outcome,) = bench.run([Case(pieces)], pieces)
    if not bench.worked(outcome):
        raise Unproven
    printed = read_number(outcome.output)
    if printed is None:
        message = f"the output is {shown(outcome.output)}, which is no number"
        bench.log(program.place, "E502", message, "Print the number, and nothing else.")
        raise Unproven
    kind, fence = bench.kind, bench.draft.answer_fence("number")
    if isinstance(kind, Number) and printed not in kind.accepted:
        at = next(n for n, line in enumerate(fence.lines()) if line.strip()) if fence else 0
        place = fence.line_place(at) if fence else bench.place
        message = f"the program prints {outcome.output}, which {kind.model} does not accept"
        bench.log(place, "E504", message, "Correct the answer, or the program.")
        raise Unproven
    return Result.proven


def mutants(question: Question) -> Mutants:
    """Yield the question with the next range of numbers above and below accepted instead."""
    kind = question.wording.body
    if isinstance(kind, Number):
        low, high = kind.accepted.low, kind.accepted.high
        step = (high - low or Decimal(1)) * Decimal("1.01")
        for by in (step, -step):
            wrong = Interval(low + by, high + by)
            yield mutant(question, replace(kind, accepted=wrong), f"{wrong.low} to {wrong.high}")
