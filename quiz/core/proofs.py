"""What running has shown of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PROVEN = "proven"
"""The declared answer itself follows from a run."""

SUPPORTED = "supported"
"""Something ran that speaks for the answer, and is not tied to it."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was seen of one revision: `result` is PROVEN or SUPPORTED.

    `on` is the day it was first seen with these `versions`, each a name and a number, the
    interpreter first. `program` is what ran as one plain script, "" where that is not one thing.
    """

    result: str
    on: date
    versions: tuple[str, ...]
    program: str = ""
