"""Guessers who know nothing of the matter: each rates options by how they look.

The cues are those of test-wise examinees: J. Millman, C. H. Bishop and R. Ebel, "An analysis of
test-wiseness" (1965), and T. M. Haladyna, S. M. Downing and M. C. Rodriguez, "A review of
multiple-choice item-writing guidelines" (2002). A guesser takes the option rated best; those rated
alike share the pick.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb

from quiz.core.tasklists import Option
from quiz.core.words import ABSOLUTES, ALL_OF, HEDGES, count, prose, telling, visible

ARTICLE = re.compile(r"\b(an?)\W*$", re.I)
NUMBER = re.compile(r"\b(is|was|are|were)\W*$", re.I)

Distribution = Mapping[Fraction, Fraction]
"""The probability of each score."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a guesser has before him: `many` options may be right, `partial` scores count shares."""

    id: str
    stem: str
    options: tuple[Option, ...]
    many: bool = False
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """One guess: its score, 0 to 1, and what chance alone could have scored there."""

    id: str
    score: Fraction
    expected: Fraction
    """The mean of `chance`."""
    chance: Distribution


Rating = Callable[[Sheet], Sequence[float]]


def _best_rated(rate: Rating) -> Callable[[Sheet], Trial | None]:
    """Return the guesser that picks the best rated option, None where all are rated alike.

    Chance there is a key that stands behind any of the options alike.
    """

    def guess(sheet: Sheet) -> Trial | None:
        rated = [] if sheet.many else rate(sheet)
        top, size = max(rated, default=0.0), len(sheet.options)
        best = [option for option, r in zip(sheet.options, rated, strict=False) if r == top]
        if len(best) in (0, size):
            return None
        hit, miss = Fraction(1, len(best)), Fraction(0)
        score = hit if any(option.right for option in best) else miss
        share = Fraction(len(best), size)
        return Trial(sheet.id, score, Fraction(1, size), {hit: share, miss: 1 - share})

    return guess


def _ticking(left_out: int) -> Callable[[Sheet], Trial | None]:
    """Return the guesser that ticks all options but `left_out` of them (0 or 1), any one alike.

    Chance there ticks at random: every choice of one option or more alike.
    """

    def guess(sheet: Sheet) -> Trial | None:
        if not sheet.many:
            return None
        right = sum(option.right for option in sheet.options)
        wrong = len(sheet.options) - right
        if left_out:
            fewer = right * _share(sheet, right - 1, wrong) + wrong * _share(
                sheet, right, wrong - 1
            )
            score = fewer / len(sheet.options)
        else:
            score = _share(sheet, right, wrong)
        chance = _at_random(sheet, right, wrong)
        expected = sum((each * weight for each, weight in chance.items()), Fraction(0))
        return Trial(sheet.id, score, expected, chance)

    return guess


def _at_random(sheet: Sheet, right: int, wrong: int) -> Distribution:
    ways: dict[Fraction, Fraction] = {}
    choices = 2 ** len(sheet.options) - 1
    for hits in range(right + 1):
        for misses in range(not hits, wrong + 1):
            score = _share(sheet, hits, misses)
            weight = Fraction(comb(right, hits) * comb(wrong, misses), choices)
            ways[score] = ways.get(score, Fraction(0)) + weight
    return ways


def _share(sheet: Sheet, hits: int, misses: int) -> Fraction:
    """Return what so many right and wrong ticks score."""
    right = sum(option.right for option in sheet.options)
    if not sheet.partial:
        return Fraction(hits == right and not misses)
    return max(Fraction(0), Fraction(hits - misses, right))


def _lengths(sheet: Sheet) -> list[float]:
    return [len(visible(option.text)) for option in sheet.options]


def _shared_with_stem(sheet: Sheet) -> list[float]:
    stem = telling(visible(sheet.stem))
    return [len(telling(visible(option.text)) & stem) for option in sheet.options]


def _shared_with_others(sheet: Sheet) -> list[float]:
    own = [telling(visible(option.text)) for option in sheet.options]
    return [sum(len(a & b) for m, b in enumerate(own) if m != n) for n, a in enumerate(own)]


def _agreeing(sheet: Sheet) -> list[float]:
    """Rate 1 what fits the last word of the stem: a or an before a sound, one or many."""
    stem, texts = visible(sheet.stem), [visible(option.text) for option in sheet.options]
    article, number = ARTICLE.search(stem), NUMBER.search(stem)
    if article:
        vowel = article[1].lower() == "an"
        return [float((text[:1].lower() in "aeiou") == vowel) for text in texts]
    if number:
        many = number[1].lower() in ("are", "were")
        return [float(_is_many(text) == many) for text in texts]
    return [0.0 for _ in texts]


def _is_many(text: str) -> bool:
    first = prose(text).split(" ")[0].lower()
    return bool(re.search(r"[^s]s$", first)) or " and " in text


def _at_place(place: Callable[[int, int], float]) -> Rating:
    return lambda sheet: [place(n, len(sheet.options) - 1) for n in range(len(sheet.options))]


def _by_option(rate: Callable[[str], float]) -> Rating:
    return lambda sheet: [rate(option.text) for option in sheet.options]


GUESSERS: Sequence[tuple[str, Callable[[Sheet], Trial | None]]] = (
    ("longest", _best_rated(_lengths)),
    ("shortest", _best_rated(lambda sheet: [-length for length in _lengths(sheet)])),
    ("first", _best_rated(_at_place(lambda n, last: -n))),
    ("middle", _best_rated(_at_place(lambda n, last: -abs(2 * n - last)))),
    ("last", _best_rated(_at_place(lambda n, last: n))),
    ("most hedged", _best_rated(_by_option(lambda text: count(text, HEDGES)))),
    ("most absolute", _best_rated(_by_option(lambda text: count(text, ABSOLUTES)))),
    ("most words of the stem", _best_rated(_shared_with_stem)),
    ("most words of other options", _best_rated(_shared_with_others)),
    ("fits the grammar", _best_rated(_agreeing)),
    ("all of the above", _best_rated(_by_option(lambda text: bool(ALL_OF.search(text))))),
    ("tick all", _ticking(0)),
    ("tick all but one", _ticking(1)),
)
"""Every strategy by what it picks."""
