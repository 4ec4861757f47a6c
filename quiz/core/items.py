"""What first tries say of the questions of a set, and of the set as a whole.

A learner's **rest score** at a question is what they got of the other questions they were shown, as
a share of its maximum. Where everybody got the same questions that gives the same correlations as
the sum of the other marks, and it compares learners who got different ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from quiz.core import statistics as formulas

BINS = 10
"""Columns of a histogram of scores."""


@dataclass(frozen=True, slots=True)
class Tries:
    """The first tries at a question, one a learner: `learners` and `marks` run alike.

    Learners are numbered from 0, without gaps, through all questions of the set; marks run from 0.0
    to `maximum`; `times_s` are the seconds of those tries whose time is known. `n_unknown` were "I
    don't know", `hints` were opened in all; `random_guess` is the score of blind guessing, 0.0 to
    1.0, or None where it is undefined.
    """

    maximum: float
    learners: Sequence[int]
    marks: Sequence[float]
    times_s: Sequence[float] = ()
    n_unknown: int = 0
    hints: int = 0
    random_guess: float | None = None


@dataclass(frozen=True, slots=True)
class QuestionStatistics:
    """A question in numbers. What is None has its reason, in words, under its name in `reasons`.

    `n` learners tried it, `n_compared` of them another question, too. `facility` runs from 0.0 to
    1.0, `sd` is in marks, `median_time_s` in seconds; index, efficiency and weight are percentages.
    """

    n: int
    n_compared: int
    n_unknown: int
    facility: float | None
    sd: float | None
    random_guess: float | None
    discrimination_index: float | None
    discriminative_efficiency: float | None
    effective_weight: float | None
    median_time_s: float | None
    hints_per_attempt: float | None
    flags: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetStatistics:
    """A set of questions in numbers. What is None has its reason under its name in `reasons`.

    `n` counts learners, `questions` those that somebody tried. `fixed` says that everybody got all
    of them: then scores are in marks up to `maximum`, else they are shares of what each learner was
    shown, and `maximum` is 1.0. `histogram` counts scores by tenths of the maximum.
    `median_time_s` is the median of the questions' own, so that each weighs alike.
    """

    n: int
    questions: int
    fixed: bool
    maximum: float
    mean: float | None
    median: float | None
    sd: float | None
    skewness: float | None
    kurtosis: float | None
    cic: float | None
    error_ratio: float | None
    standard_error: float | None
    median_time_s: float | None
    histogram: tuple[int, ...]
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Totals:
    """What each learner got in all, and could have got, by their number; `fixed` as in a set."""

    marks: Sequence[float]
    maxima: Sequence[float]
    fixed: bool

    def rests(self, tries: Tries) -> list[float | None]:
        """Return the rest score behind each try, 0.0 to 1.0, None where nothing else was shown."""
        return [
            _share(self.marks[learner] - mark, self.maxima[learner] - tries.maximum)
            for learner, mark in zip(tries.learners, tries.marks, strict=True)
        ]

    @property
    def scores(self) -> list[float]:
        """The learners' scores as the set counts them: marks where it is fixed, else shares."""
        if self.fixed:
            return list(self.marks)
        shares = (_share(*pair) for pair in zip(self.marks, self.maxima, strict=True))
        return [share for share in shares if share is not None]


def totals_of(asked: Iterable[Tries]) -> Totals:
    """Return the totals of all learners who tried any of the questions."""
    questions = [tries for tries in asked if tries.learners]
    size = 1 + max((max(tries.learners) for tries in questions), default=-1)
    marks, maxima = [0.0] * size, [0.0] * size
    for tries in questions:
        for learner, mark in zip(tries.learners, tries.marks, strict=True):
            marks[learner] += mark
            maxima[learner] += tries.maximum
    return Totals(marks, maxima, all(len(tries.learners) == size for tries in questions))


def question_statistics(asked: Mapping[str, Tries]) -> dict[str, QuestionStatistics]:
    """Return the numbers of each question, from two tries on; `core/showing.py` holds some back."""
    totals = totals_of(asked.values())
    shares: Sequence[float | None] = [None] * len(asked)
    if totals.fixed:
        shares = formulas.weights(_with_total(tries, totals) for tries in asked.values())
    return {
        name: _question(tries, totals, weight)
        for (name, tries), weight in zip(asked.items(), shares, strict=True)
    }


def set_statistics(asked: Mapping[str, Tries]) -> SetStatistics:
    """Return the numbers of the set, from two learners on; `core/showing.py` holds some back."""
    questions = [tries for tries in asked.values() if tries.learners]
    totals = totals_of(questions)
    scores, sd = totals.scores, formulas.deviation(totals.scores)
    maximum = sum(tries.maximum for tries in questions) if totals.fixed else 1.0
    alpha = _alpha(questions, totals) if totals.fixed else None
    ratio = None if alpha is None else formulas.error_ratio(alpha)
    return SetStatistics(
        n=len(totals.marks),
        questions=len(questions),
        fixed=totals.fixed,
        maximum=maximum,
        mean=formulas.mean(scores) if scores else None,
        median=median(scores) if scores else None,
        sd=sd,
        skewness=formulas.skewness(scores),
        kurtosis=formulas.kurtosis(scores),
        cic=_percent(alpha),
        error_ratio=_percent(ratio),
        standard_error=None if ratio is None or sd is None else ratio * sd,
        median_time_s=_median(
            m for tries in questions if (m := _median(tries.times_s)) is not None
        ),
        histogram=_histogram(scores, maximum),
    )


def paired(tries: Tries, totals: Totals) -> tuple[list[float], list[float]]:
    """Return marks and rest scores, side by side, of the tries that have a rest score."""
    pairs = zip(tries.marks, totals.rests(tries), strict=True)
    found = [(mark, rest) for mark, rest in pairs if rest is not None]
    return [mark for mark, _ in found], [rest for _, rest in found]


def _question(tries: Tries, totals: Totals, weight: float | None) -> QuestionStatistics:
    n = len(tries.marks)
    marks, rests = paired(tries, totals)
    return QuestionStatistics(
        n=n,
        n_compared=len(rests),
        n_unknown=tries.n_unknown,
        facility=_share(formulas.mean(tries.marks), tries.maximum) if n else None,
        sd=formulas.deviation(tries.marks),
        random_guess=tries.random_guess,
        discrimination_index=_percent(formulas.correlation(marks, rests)),
        discriminative_efficiency=_percent(formulas.efficiency(marks, rests)),
        effective_weight=_percent(weight),
        median_time_s=_median(tries.times_s),
        hints_per_attempt=tries.hints / n if n else None,
    )


def _with_total(tries: Tries, totals: Totals) -> float | None:
    return formulas.covariance(tries.marks, [totals.marks[learner] for learner in tries.learners])


def _alpha(questions: Sequence[Tries], totals: Totals) -> float | None:
    variances = [formulas.variance(tries.marks) or 0.0 for tries in questions]
    return formulas.consistency(variances, formulas.variance(totals.marks) or 0.0)


def _share(part: float, whole: float) -> float | None:
    # Rounded, so that what is equal stays equal however it was added up.
    return round(part / whole, 12) if whole > formulas.NOISE else None


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _median(values: Iterable[float]) -> float | None:
    found = list(values)
    return median(found) if found else None


def _histogram(scores: Sequence[float], maximum: float) -> tuple[int, ...]:
    counts = [0] * BINS
    for score in scores:
        share = _share(score, maximum) or 0.0
        counts[min(int(share * BINS), BINS - 1)] += 1
    return tuple(counts)
