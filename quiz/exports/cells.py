"""Cells that open right in a spreadsheet and in a program."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from quiz.core.kinds import JSON

SHORT = 200
"""Signs of JSON that is worth remembering: the choice of an option comes again, prose does not."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Structure:
    """JSON with its text, on one line and with sorted keys: the same one comes many times."""

    value: JSON
    text: str


def structure(value: JSON) -> Structure:
    """Return JSON with its text."""
    return Structure(value, _ENCODER.encode(value))


@lru_cache(10_000)
def words(value: tuple[str, ...]) -> Structure:
    """Return a list of words with its text."""
    return structure(list(value))


def stored(text: str) -> Structure:
    """Return JSON that is kept as text."""
    return _remembered(text) if len(text) < SHORT else structure(json.loads(text))


@lru_cache(10_000)
def _remembered(text: str) -> Structure:
    return structure(json.loads(text))


def time_text(time: datetime) -> str:
    """Return ISO 8601 in UTC with milliseconds and `Z`."""
    # Cut off, not replaced: a file has millions of these.
    return time.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def truth(value: bool) -> str:
    """Return `true` or `false`."""
    return "true" if value else "false"
