"""Where the bars of a plot stand, in a box 100 wide and 40 high with its origin at the top left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 100.0, 40.0
GAP = 0.12
"""The share of a column that is left free."""
FEWEST = 14
"""Columns there is room for at least: few of them stay slim."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A part of a bar; `name` says what it stands for."""

    name: str
    x: float
    y: float
    width: float
    height: float


def stacked(columns: Sequence[Mapping[str, int]], order: Sequence[str]) -> tuple[Rect, ...]:
    """Return the parts of stacked bars, from the ground up in this order; the tallest fills it."""
    tallest = max([1, *(sum(column.values()) for column in columns)])
    width = WIDTH / max(FEWEST, len(columns))
    parts = []
    for number, column in enumerate(columns):
        ground = HEIGHT
        for name in order:
            height = HEIGHT * column.get(name, 0) / tallest
            ground -= height
            if height:
                left = (number + GAP / 2) * width
                parts.append(Rect(name, *_rounded(left, ground, width * (1 - GAP), height)))
    return tuple(parts)


def _rounded(*numbers: float) -> tuple[float, ...]:
    return tuple(round(number, 2) for number in numbers)
