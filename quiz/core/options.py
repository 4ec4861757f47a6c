"""What first tries say of the options of a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import repeat
from math import fsum, sqrt

from quiz.core import statistics as formulas
from quiz.core.choices import Choice

OUTER = 0.27
"""The share of learners in the top and in the bottom group (T. L. Kelley, 1939)."""

Groups = Mapping[Set[str], float]
"""What the learners who chose just these keys add up to."""


@dataclass(frozen=True, slots=True)
class OptionStatistics:
    """An option in numbers. What is None has its reason, in words, under its name in `reasons`.

    `n` learners chose it: the `share` of all who were asked, who don't know included. The shares of
    the top and the bottom 27 % are by rest score. `point_biserial_rest` runs from -1.0 to 1.0.
    """

    choice: Choice
    n: int
    share: float | None
    share_top27: float | None
    share_bottom27: float | None
    point_biserial_rest: float | None
    flags: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)


def option_statistics(
    choices: Sequence[Choice],
    chosen: Sequence[Set[str]],
    rests: Sequence[float | None],
) -> tuple[OptionStatistics, ...]:
    """Return the numbers of each option; `core/showing.py` holds some back.

    `chosen` holds the keys that each learner chose, none after "I don't know"; `rests` the rest
    score beside, None where there is none.
    """
    known = [(keys, rest) for keys, rest in zip(chosen, rests, strict=True) if rest is not None]
    keys, scores = [keys for keys, _ in known], [rest for _, rest in known]
    everybody, compared, sums = _grouped(chosen), _grouped(keys), _grouped(keys, scores)
    top = _grouped(keys, outermost(scores))
    bottom = _grouped(keys, outermost([-score for score in scores]))
    spread = formulas.variance(scores) or 0.0
    return tuple(
        OptionStatistics(
            choice=choice,
            n=round(_of(everybody, choice.key)),
            share=_share(everybody, choice.key),
            share_top27=_share(top, choice.key),
            share_bottom27=_share(bottom, choice.key),
            point_biserial_rest=_point_biserial(
                _of(compared, choice.key), _of(sums, choice.key), scores, spread
            ),
        )
        for choice in choices
    )


def outermost(scores: Sequence[float]) -> list[float]:
    """Return how far each belongs to the 27 % with the highest scores, 0.0 to 1.0.

    Those at the edge who have the same score share the places that are left, so that it does not
    matter in which order they come.
    """
    places, weights = OUTER * len(scores), {}
    for score, count in sorted(Counter(scores).items(), reverse=True):
        weights[score] = max(0.0, min(1.0, places / count))
        places -= count
    return [weights[score] for score in scores]


def _point_biserial(n: float, total: float, scores: Sequence[float], spread: float) -> float | None:
    """Return the correlation of having chosen an option, 0 or 1, with the scores.

    `n` learners chose it and have `total` together; `spread` is the variance of all scores. With so
    few numbers the sums of Pearson's formula come down to these.
    """
    size = len(scores)
    if not spread or not 0 < n < size:
        return None
    together = (total - n * formulas.mean(scores)) / (size - 1)
    return formulas.within_one(together / sqrt(n * (1 - n / size) / (size - 1) * spread))


def _grouped(chosen: Sequence[Set[str]], values: Iterable[float] = repeat(1.0)) -> Groups:
    groups: dict[Set[str], float] = {}
    for keys, value in zip(chosen, values, strict=False):
        groups[keys] = groups.get(keys, 0.0) + value
    return groups


def _of(groups: Groups, key: str) -> float:
    return fsum(value for keys, value in groups.items() if key in keys)


def _share(groups: Groups, key: str) -> float | None:
    whole = fsum(groups.values())
    return _of(groups, key) / whole if whole else None
