"""Numbers with a tolerance, as question banks keep them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from quiz.core.kinds import JSON
from quiz.core.numbers import normal_number

LARGEST = 100
"""Digits before or behind the point that a number may have."""


def decimal(text: str) -> Decimal | None:
    """Return the number, None where it is none or far too large or small."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < LARGEST else None


def with_margin(text: str) -> tuple[Decimal, Decimal] | None:
    """Return the middle and the margin of `5`, `5:0.1` or `4.9..5.1`, None for what is neither."""
    low, dots, high = text.partition("..")
    if dots:
        first, last = decimal(low), decimal(high)
        return None if first is None or last is None else ((first + last) / 2, (last - first) / 2)
    number, colon, tolerance = text.partition(":")
    value, margin = decimal(number), decimal(tolerance) if colon else Decimal(0)
    return None if value is None or margin is None else (value, margin)


def interval(value: Decimal, margin: Decimal) -> JSON:
    """Return the payload of a number that is right within a margin."""
    margin = abs(margin)
    whole = not margin and value == value.to_integral_value()
    model = normal_number(value) if whole else f"{normal_number(value)} ± {normal_number(margin)}"
    return {
        "low": normal_number(value - margin),
        "high": normal_number(value + margin),
        "model": model,
    }
