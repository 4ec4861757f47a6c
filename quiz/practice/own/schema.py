"""The form of the file that a learner takes out and brings in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from quiz.core.kinds import JSON

SCHEMA = Path(__file__).with_name("schema.json")
FORMAT = "selfquiz-learner/1"


@cache
def schema() -> Mapping[str, JSON]:
    """Return the schema as `jsonschema` takes it."""
    found: Mapping[str, JSON] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return found


def definition(name: str) -> JSON:
    """Return what the schema says of one kind of entry, all in one place: it is checked faster."""
    return _resolved({"$ref": f"#/$defs/{name}"})


def _resolved(part: JSON) -> JSON:
    if isinstance(part, list):
        return [_resolved(each) for each in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _resolved(schema()["$defs"][part["$ref"].rpartition("/")[2]])
    return {key: _resolved(value) for key, value in part.items()}
