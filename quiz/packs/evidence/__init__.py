"""How answers are proven by running code: one module a kind, found by the kind's name.

Each has two functions. `prove` takes a `Bench` with a question on it, runs what is needed, reports
what does not hold, and returns how well the answer is founded. `mutants` yields the question with
wrong keys, which `prove` must notice.
"""

from __future__ import annotations

import importlib
from functools import cache
from importlib.util import find_spec
from typing import Protocol, cast

from quiz.core.questions import Question
from quiz.packs.running.bench import Bench, Result
from quiz.packs.running.mutants import Mutants


class Prover(Protocol):
    """What a module of this folder can do."""

    def prove(self, bench: Bench) -> Result:
        """Return how well the answer is founded, after reporting what does not hold."""

    def mutants(self, question: Question) -> Mutants:
        """Yield the question with a wrong key of every sort."""


@cache
def prover(kind: str) -> Prover | None:
    """Return what proves questions of a kind, None where nobody has said how."""
    name = f"{__name__}.{kind}"
    return cast(Prover, importlib.import_module(name)) if find_spec(name) else None
