"""A statement: `check()` returns its truth."""

from __future__ import annotations

from quiz.core.questions import Question
from quiz.packs.running.bench import Bench, Result
from quiz.packs.running.cases import Case
from quiz.packs.running.mutants import Mutants
from quiz.packs.running.ticks import moved, offered
from quiz.packs.running.written import piece_of


def prove(bench: Bench) -> Result:
    """Prove that the ticked word is the truth."""
    check = bench.needed("check", "Write `def check()`, which returns whether the statement holds.")
    (outcome,) = bench.run([Case(bench.pieces(piece_of(check)), ())])
    truth = bench.checked(outcome, check)
    ticked = next(one for one in offered(bench.kind, bench.draft) if one.option.right)
    if truth is not None and str(truth) != ticked.option.text:
        message = f"`{ticked.option.text}` is ticked, but `check` says {truth}"
        bench.log(ticked.place, "E504", message, "Correct the tick, or the check.")
        return Result.unproven
    return Result.unproven if truth is None else Result.proven


def mutants(question: Question) -> Mutants:
    """Yield the question with the other word ticked."""
    return moved(question)
