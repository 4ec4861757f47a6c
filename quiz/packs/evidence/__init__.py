"""How answers are proven by running code: one module a kind, found by the kind's name.

Each has one function, `prove`, which takes a `Bench` with a question on it, runs what is needed,
reports what does not hold, and returns how well the answer is founded.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec

from quiz.packs.running.bench import Bench, Result

Prover = Callable[[Bench], Result]


@cache
def prover(kind: str) -> Prover | None:
    """Return what proves questions of a kind, None where nobody has said how."""
    name = f"{__name__}.{kind}"
    if find_spec(name) is None:
        return None
    found: Prover = importlib.import_module(name).prove
    return found
