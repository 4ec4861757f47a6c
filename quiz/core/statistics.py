"""The formulas of item analysis, over lists of marks.

Which numbers are worth having, and how they are defined, follows Moodle's "Quiz statistics
calculations". Variances and covariances divide by S - 1, where S is the number of learners. What is
undefined, as a correlation with something that never differs, is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum, sqrt

NOISE = 1e-9
"""Marks that differ by less are the same mark, added up in another order."""
DUST = 1e-12
"""A sum of products that is this small beside one of them is 0."""


def mean(values: Sequence[float]) -> float:
    """Return the arithmetic mean of one value or more."""
    return fsum(values) / len(values)


def differ(values: Sequence[float]) -> bool:
    """Return whether there are two values that are not the same."""
    return len(values) > 1 and _range(values) > NOISE


def covariance(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Return C(x, y) = Σ(x - mean x)(y - mean y) / (S - 1), None for fewer than two pairs."""
    if len(xs) < 2:
        return None
    if not (differ(xs) and differ(ys)):
        return 0.0
    at_x, at_y = mean(xs), mean(ys)
    total = fsum((x - at_x) * (y - at_y) for x, y in zip(xs, ys, strict=True))
    # What rounding makes of 0 must stay 0, as others divide by it and ask for its sign.
    return 0.0 if abs(total) < DUST * _range(xs) * _range(ys) else total / (len(xs) - 1)


def variance(values: Sequence[float]) -> float | None:
    """Return V(x) = C(x, x), None for fewer than two values."""
    return covariance(values, values)


def deviation(values: Sequence[float]) -> float | None:
    """Return the standard deviation, the root of the variance."""
    found = variance(values)
    return None if found is None else sqrt(found)


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Return Pearson's C(x, y) / sqrt(V(x) V(y)), -1.0 to 1.0; None where x or y never differ."""
    together, apart = covariance(xs, ys), (variance(xs) or 0.0) * (variance(ys) or 0.0)
    return None if together is None or not apart else within_one(together / sqrt(apart))


def within_one(share: float) -> float:
    """Return a correlation without what rounding added."""
    return max(-1.0, min(1.0, share))


def greatest_covariance(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Return the covariance if the better x had always met the better y: of both lists sorted."""
    return covariance(sorted(xs), sorted(ys))


def efficiency(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Return C(x, y) as a share of the greatest that these values allow, at most 1.0."""
    together, greatest = covariance(xs, ys), greatest_covariance(xs, ys)
    return None if together is None or not greatest else min(1.0, together / greatest)


def weights(covariances: Iterable[float | None]) -> list[float | None]:
    """Return each question's share in the spread of the totals, 0.0 to 1.0.

    They come from C(x, T) of each question's mark with the total: sqrt(C) / Σ sqrt(C) over all that
    are not negative; None for those that are, and where all are 0.
    """
    roots = [None if each is None or each < 0 else sqrt(each) for each in covariances]
    whole = fsum(root for root in roots if root is not None)
    return [None if root is None or not whole else root / whole for root in roots]


def skewness(values: Sequence[float]) -> float | None:
    """Return k3 / k2^1.5, of Fisher's k-statistics: below 0.0 with a long tail of low values."""
    s = len(values)
    if s < 3 or not differ(values):
        return None
    k3 = s**2 * _moment(values, 3) / ((s - 1) * (s - 2))
    return float(k3 / _k2(values) ** 1.5)


def kurtosis(values: Sequence[float]) -> float | None:
    """Return k4 / k2², of Fisher's k-statistics: 0.0 for a normal distribution."""
    s = len(values)
    if s < 4 or not differ(values):
        return None
    m2, m4 = _moment(values, 2), _moment(values, 4)
    k4 = s**2 * ((s + 1) * m4 - 3 * (s - 1) * m2**2) / ((s - 1) * (s - 2) * (s - 3))
    return float(k4 / _k2(values) ** 2)


def consistency(variances: Sequence[float], total: float) -> float | None:
    """Return Cronbach's alpha (1951) of P questions: P / (P - 1) · (1 - ΣV(x) / V(T)).

    At most 1.0; below 0.0 where the questions contradict each other.
    """
    p = len(variances)
    return p / (p - 1) * (1 - fsum(variances) / total) if p > 1 and total else None


def error_ratio(alpha: float) -> float:
    """Return how much of the deviation of scores is chance, sqrt(1 - alpha)."""
    return sqrt(max(0.0, 1 - alpha))


def _k2(values: Sequence[float]) -> float:
    return len(values) * _moment(values, 2) / (len(values) - 1)


def _moment(values: Sequence[float], power: int) -> float:
    middle = mean(values)
    return float(fsum((value - middle) ** power for value in values) / len(values))


def _range(values: Sequence[float]) -> float:
    return max(values) - min(values)
