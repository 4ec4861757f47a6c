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
