"""How far an arrangement of lines is from a right one.

A block has a rank: its place in the solution, one rank for all blocks of a free range. Keys are
unique, so the longest common subsequence with the nearest right order is the longest run of ranks
that never falls (Fredman 1975, patience sorting).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, permutations, product
from math import gcd

RANGE = re.compile(r"(\d{1,4})-(\d{1,4})", re.ASCII)
MOST_TRIED = 720
"""How many ways to name equal blocks are tried: more would make a learner wait."""

Ranges = tuple[tuple[int, int], ...]
"""First and last block of each free range, counted from 1."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A block to arrange; `level` is its depth where indentation is graded, else 0."""

    key: str
    text: str
    level: int = 0


def read_ranges(text: str, blocks: int) -> Ranges | None:
    """Return the ranges of `2-3,5-6`, None where one is reversed, overlaps or is out of bounds."""
    found = [RANGE.fullmatch(part.strip()) for part in text.split(",")]
    ranges = sorted((int(match[1]), int(match[2])) for match in found if match)
    ends = [0, *(last for _, last in ranges)]
    whole = len(ranges) == len(found) and ends[-1] <= blocks
    apart = all(end < first < last for end, (first, last) in zip(ends, ranges, strict=False))
    return tuple(ranges) if whole and apart else None


def ranks(blocks: int, free: Ranges) -> list[int]:
    """Return the rank of each block of the solution: the number of the first of its equals."""
    starts = {at: first for first, last in free for at in range(first, last + 1)}
    return [starts.get(at, at) for at in range(1, blocks + 1)]


def longest_in_order(given: Iterable[int]) -> int:
    """Return the length of the longest subsequence that never falls."""
    tails: list[int] = []
    for rank in given:
        at = bisect_right(tails, rank)
        tails[at : at + 1] = [rank]
    return len(tails)


def first_wrong(given: Sequence[int], right: Sequence[int]) -> int:
    """Return the number of the first rank that is not the right one, 0 where all are.

    A `given` that ends too early is wrong at its next place.
    """
    for at, (mine, due) in enumerate(zip(given, right, strict=False), 1):
        if mine != due:
            return at
    return 0 if len(given) == len(right) else min(len(given), len(right)) + 1


def nearest_keys(keys: Sequence[str], pieces: Iterable[Piece]) -> list[str]:
    """Return the keys with equal texts renamed so that they stand in the order of `pieces`."""
    texts = {piece.key: piece.text for piece in pieces}
    waiting: dict[str, list[str]] = {}
    for key, text in texts.items():
        waiting.setdefault(text, []).append(key)
    return [waiting[texts[key]].pop(0) for key in keys]


def levels(margins: Sequence[int]) -> list[int]:
    """Return how deep each margin is, in steps of the greatest that fits them all."""
    step = gcd(*margins) or 1
    return [margin // step for margin in margins]


def count_moves(given: Mapping[str, int], solution: Sequence[Piece], free: Ranges) -> int:
    """Return how many moves part an arrangement from the nearest right one.

    `given` maps the keys in their order to their levels. A block out of order or missing, one that
    is not of the solution and a wrong level are one move each. Which of several blocks of equal
    text is meant nobody can tell, so the one that saves moves is.
    """
    return _moves(nearest(given, solution, free), solution, free)


def nearest(given: Mapping[str, int], solution: Sequence[Piece], free: Ranges) -> Mapping[str, int]:
    """Return the arrangement with blocks of equal text renamed so that the fewest moves are left.

    Tries at most MOST_TRIED ways: all of them for six equal blocks.
    """
    ways = islice(_renamed(given, solution), MOST_TRIED)
    return min(ways, key=lambda way: _moves(way, solution, free))


def _renamed(given: Mapping[str, int], solution: Sequence[Piece]) -> Iterator[Mapping[str, int]]:
    """Yield each way to name the blocks of equal text, first the one in the solution's order."""
    texts = {piece.key: piece.text for piece in solution}
    alike: dict[str, list[str]] = {}
    for key, text in texts.items():
        alike.setdefault(text, []).append(key)
    used = [[key for key in given if key in keys] for keys in alike.values()]
    names = (
        islice(permutations(keys, len(mine)), MOST_TRIED)
        for keys, mine in zip(alike.values(), used, strict=True)
    )
    for way in product(*names):
        new = dict(zip(chain(*used), chain(*way), strict=True))
        yield {new.get(key, key): level for key, level in given.items()}


def _moves(given: Mapping[str, int], solution: Sequence[Piece], free: Ranges) -> int:
    rank = dict(zip((piece.key for piece in solution), ranks(len(solution), free), strict=True))
    strangers = sum(key not in rank for key in given)
    crooked = sum(given.get(piece.key, piece.level) != piece.level for piece in solution)
    in_order = longest_in_order(rank[key] for key in given if key in rank)
    return len(solution) - in_order + strangers + crooked
