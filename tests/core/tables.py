"""Tables of marks for the tests of statistics: those of others, and how ours are made of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from quiz.core.items import Tries

Table = Sequence[Sequence[float | None]]
"""The marks of each learner, in the order of questions, None for one who was not asked."""

ORACLES: Mapping[str, Any] = json.loads(
    (Path(__file__).parent / "oracles" / "moodle.json").read_text()
)

WORKED: Table = [
    [1, 1, 1, 1],
    [1, 1, 1, 0],
    [1, 1, 0, 1],
    [1, 0, 1, 0],
    [1, 0, 0, 0],
    [0, 1, 0, 0],
]
"""Six learners and four questions, few enough to work them out by hand."""


def tries(table: Table, maxima: Sequence[float] | None = None) -> dict[str, Tries]:
    """Return a table as tries at questions named q1, q2 …, each worth 1.0 unless it is said."""
    width = len(table[0])
    return {
        f"q{number + 1}": Tries(
            maximum=maxima[number] if maxima else 1.0,
            learners=[n for n, row in enumerate(table) if row[number] is not None],
            marks=[mark for row in table if (mark := row[number]) is not None],
        )
        for number in range(width)
    }


def oracle(name: str) -> dict[str, Tries]:
    """Return the marks of an oracle as tries."""
    return tries(ORACLES[name]["marks"], ORACLES[name]["maximum"])
