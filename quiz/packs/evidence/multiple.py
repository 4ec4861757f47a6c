"""Any options of several: exactly the ticked ones are what `check` takes as right."""

from __future__ import annotations

from quiz.core.questions import Question
from quiz.packs.running.bench import Bench, Result
from quiz.packs.running.mutants import Mutants
from quiz.packs.running.ticks import flipped, prove_ticks


def prove(bench: Bench) -> Result:
    """Prove every tick, and every box without one."""
    return prove_ticks(bench)


def mutants(question: Question) -> Mutants:
    """Yield the question with every tick set or removed."""
    return flipped(question)
