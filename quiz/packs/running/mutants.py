"""Questions with a wrong key planted, to see whether their evidence notices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from quiz.core.kinds import Kind
from quiz.core.questions import Question


@dataclass(frozen=True, slots=True)
class Mutant:
    """A question whose key is wrong; `said` tells what was planted."""

    question: Question
    said: str


Mutants = Iterator[Mutant]


def mutant(question: Question, kind: Kind, said: str) -> Mutant:
    """Return the question with another key."""
    return Mutant(replace(question, wording=replace(question.wording, body=kind)), said)
