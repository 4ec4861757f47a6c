"""What was measured, set against the goals, for people and for machines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from rich.table import Table

HEADINGS = ("goal", "what", "must", "stretch", "median", "spread", "verdict")


@dataclass(frozen=True, slots=True)
class Result:
    """A figure of a goal: a value a paired round.

    `must` and `stretch` are bounds, from below where `more` is better and from above else; None
    where a figure only explains others. Without values, `note` says why there are none; `broken`
    tells that measuring went wrong.
    """

    goal: str
    what: str
    values: Sequence[float]
    unit: str = ""
    must: float | None = None
    stretch: float | None = None
    more: bool = True
    note: str = ""
    broken: bool = False

    @property
    def median(self) -> float:
        """The middle value, NaN without any."""
        return median(self.values) if self.values else float("nan")

    @property
    def verdict(self) -> str:
        """`stretch`, `must`, `missed`, `not measured`, `broken`, or "" where there is no goal."""
        if not self.values:
            return "broken" if self.broken else "not measured"
        if self.must is None:
            return ""
        if self.stretch is not None and self._reaches(self.stretch):
            return "stretch"
        return "must" if self._reaches(self.must) else "missed"

    def _reaches(self, bound: float) -> bool:
        return self.median >= bound if self.more else self.median <= bound

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of a table."""
        must, stretch = (self._bound(bound) for bound in (self.must, self.stretch))
        spread = (
            f"{_number(min(self.values))} to {_number(max(self.values))}" if self.values else ""
        )
        measured = f"{_number(self.median)}{self.unit}" if self.values else ""
        verdict = f"{self.verdict}: {self.note}" if self.note else self.verdict
        return (self.goal, self.what, must, stretch, measured, spread, verdict)

    def _bound(self, bound: float | None) -> str:
        if bound is None:
            return ""
        return f"{'≥' if self.more else '≤'} {_number(bound)}{self.unit}"

    def as_json(self) -> dict[str, object]:
        """Return all of it as JSON values."""
        return {
            "goal": self.goal,
            "what": self.what,
            "unit": self.unit,
            "must": self.must,
            "stretch": self.stretch,
            "more_is_better": self.more,
            "values": list(self.values),
            "median": self.median if self.values else None,
            "verdict": self.verdict,
            "note": self.note,
        }


def ratios(over: Iterable[float], under: Iterable[float]) -> list[float]:
    """Return the ratio of each paired round."""
    return [a / b for a, b in zip(over, under, strict=True)]


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` of the values do not exceed, NaN without any."""
    if not values:
        return float("nan")
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def as_table(results: Iterable[Result]) -> Table:
    """Return a table for a terminal."""
    table = Table(*HEADINGS)
    for result in results:
        table.add_row(*result.cells)
    return table


def as_markdown(results: Iterable[Result]) -> str:
    """Return the table as Markdown."""
    rows = [HEADINGS, ("---",) * len(HEADINGS), *(result.cells for result in results)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _number(value: float) -> str:
    if abs(value) >= 1000:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.3g}"
