"""Lines of code: telling equal ones apart, and comparing what was meant with what is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One line of two texts side by side; None where a text has no such line.

    `first` marks the first line in which they differ.
    """

    mine: str | None
    expected: str | None
    first: bool

    @property
    def same(self) -> bool:
        """Whether both have the same line."""
        return self.mine == self.expected


def told_apart(texts: Iterable[str]) -> list[str]:
    """Return each text with the number of its occurrence, so that equal ones differ."""
    seen: Counter[str] = Counter()
    apart = []
    for text in texts:
        seen[text] += 1
        apart.append(f"{text}\0{seen[text]}")
    return apart


def compared(mine: Sequence[str], expected: Sequence[str]) -> tuple[ComparedLine, ...]:
    """Return the lines of both side by side, the first difference marked."""
    pairs = list(zip_longest(mine, expected))
    first = next((at for at, (a, b) in enumerate(pairs) if a != b), None)
    return tuple(ComparedLine(a, b, at == first) for at, (a, b) in enumerate(pairs))
