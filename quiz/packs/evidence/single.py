"""One option of several: exactly the ticked one is the output, or what `check` takes as right."""

from __future__ import annotations

from quiz.core.questions import Question
from quiz.packs.running.bench import Bench, Result
from quiz.packs.running.mutants import Mutants
from quiz.packs.running.ticks import moved, prove_ticks


def prove(bench: Bench) -> Result:
    """Prove the tick, and that no other option is right."""
    return prove_ticks(bench)


def mutants(question: Question) -> Mutants:
    """Yield the question with the tick moved to each other option."""
    return moved(question)
