"""Cells that open right in a spreadsheet and in a program."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from quiz.core.formulas import guarded
from quiz.core.kinds import JSON

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def time_text(time: datetime | None) -> str:
    """Return ISO 8601 in UTC with milliseconds and `Z`, "" for None."""
    if time is None:
        return ""
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def json_text(value: JSON) -> str:
    """Return JSON on one line, "" for None."""
    if value is None:
        return ""
    return _ENCODER.encode(value)


def text_cell(value: object) -> str | int | float:
    """Return what a CSV cell holds of what people wrote, harmless in a spreadsheet."""
    found = cell(value)
    return guarded(found) if isinstance(found, str) else found


def cell(value: object) -> str | int | float:
    """Return what a CSV cell holds: numbers as numbers, `true`/`false`, "" for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, int | float) else str(value)
