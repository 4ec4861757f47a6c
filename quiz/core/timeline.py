"""Answers over time: days, or weeks where there are many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from quiz.core.plots import Rect, stacked

MOST_DAYS = 28
"""Longer spans are told by weeks, from Monday on."""
MOST_BARS = 53

ORDER = ("right", "partial", "self_graded", "wrong", "unknown", "uncounted")
"""Outcomes as they are stacked."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The answers of a day or a week: how many had each outcome."""

    start: date
    counts: Counter[str]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Timeline:
    """The latest bars, in order, without gaps. `unit` is `day` or `week`."""

    unit: str
    bars: tuple[Bar, ...]

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes there were, in the order of ORDER."""
        return tuple(name for name in ORDER if any(bar.counts[name] for bar in self.bars))

    @property
    def parts(self) -> tuple[Rect, ...]:
        """The bars as they are drawn."""
        return stacked([bar.counts for bar in self.bars], ORDER)


def timeline(answers: Iterable[tuple[datetime, str]]) -> Timeline:
    """Return the outcomes of answers by day or week, in UTC."""
    counts: dict[date, Counter[str]] = defaultdict(Counter)
    for at, outcome in answers:
        counts[at.astimezone(UTC).date()][outcome] += 1
    if not counts:
        return Timeline("day", ())
    first, last = min(counts), max(counts)
    if (last - first).days < MOST_DAYS:
        return Timeline("day", _bars(counts, first, last, timedelta(days=1)))
    weeks: dict[date, Counter[str]] = defaultdict(Counter)
    for at_day, found in counts.items():
        weeks[_monday(at_day)] += found
    return Timeline("week", _bars(weeks, _monday(first), _monday(last), timedelta(weeks=1)))


def _bars(
    counts: Mapping[date, Counter[str]], first: date, last: date, step: timedelta
) -> tuple[Bar, ...]:
    steps = (last - first) // step
    starts = [first + step * number for number in range(steps + 1)]
    return tuple(Bar(start, Counter(counts.get(start))) for start in starts[-MOST_BARS:])


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
