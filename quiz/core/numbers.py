"""Numbers as people write them, read exactly."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context, Decimal

POINT = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
INTERVAL = re.compile(r"\[([^,\]]*),([^,\]]*)\]")
LONGEST = 200
LONGEST_OF_AUTHOR = 40
# Wide enough that a sum of two numbers of an author fits, exponents aside.
EXACT = Context(prec=100)

Report = Callable[[str, str, str], None]
"""Takes code, message and hint of one problem."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers that are right, both ends among them."""

    low: Decimal
    high: Decimal

    def __contains__(self, number: Decimal) -> bool:
        return self.low <= number <= self.high


def read_number(text: str) -> Decimal | None:
    """Return the number a learner typed, None where it is none.

    A decimal comma is a point; separators of thousands, units and blanks inside are not read.
    """
    text = text.strip().replace("−", "-")
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    if len(text) > LONGEST or not POINT.fullmatch(text):
        return None
    return Decimal(text)


def normal_number(number: Decimal) -> str:
    """Return the one way of writing a number: `3` for `3.0`, `1E+30` for the very large."""
    if not number:
        return "0"
    number = EXACT.normalize(number)
    return f"{number:f}" if -10 <= number.adjusted() <= 20 else str(number)


def read_accepted(text: str, report: Report) -> Interval | None:
    """Return the interval that an author wrote; None after reporting (E311 to E314)."""
    found = INTERVAL.fullmatch(text.strip())
    if found:
        return _read_interval(found[1], found[2], report)
    value, sign, tolerance = text.replace("±", "+-").partition("+-")
    number = _read_authored(value, report)
    if number is None:
        return None
    if not sign:
        if WHOLE.fullmatch(value.strip()):
            return Interval(number, number)
        report(
            "E312", f"'{text}' needs a tolerance", f"Write `{value.strip()} +- 0.01`, or `+- 0`."
        )
        return None
    margin = _read_margin(tolerance, number, report)
    if margin is None:
        return None
    return Interval(EXACT.subtract(number, margin), EXACT.add(number, margin))


def _read_interval(low: str, high: str, report: Report) -> Interval | None:
    first, last = _read_authored(low, report), _read_authored(high, report)
    if first is None or last is None:
        return None
    if first > last:
        report("E314", "the range is reversed", f"Write `[{last}, {first}]`.")
        return None
    return Interval(first, last)


def _read_margin(text: str, number: Decimal, report: Report) -> Decimal | None:
    text = text.strip()
    margin = _read_authored(text.removesuffix("%"), report)
    if margin is None:
        return None
    if margin < 0:
        report("E313", f"the tolerance {text} is negative", "Leave the sign out.")
        return None
    if text.endswith("%"):
        return EXACT.multiply(abs(number), EXACT.scaleb(margin, -2))
    return margin


def _read_authored(text: str, report: Report) -> Decimal | None:
    text = text.strip()
    if len(text) <= LONGEST_OF_AUTHOR and POINT.fullmatch(text):
        return Decimal(text)
    report(
        "E311",
        f"'{text[:LONGEST_OF_AUTHOR]}' is not a number",
        "Write `42`, `1.41 +- 0.01`, `2.5 +- 1%` or `[1.4, 1.42]`, with a decimal point.",
    )
    return None
