"""Wording and commentary as JSON for the database, and back."""

from __future__ import annotations

from collections.abc import Mapping

from quiz.core.kinds import JSON, Kind, Remark
from quiz.core.questions import Commentary, Wording


def dump_wording(wording: Wording) -> JSON:
    """Return the wording as `load_wording` reads it."""
    return {
        "kind": wording.body.name,
        "stem": wording.stem,
        "body": wording.body.dump(),
        "score": wording.score,
        "shared": wording.shared,
    }


def load_wording(payload: JSON, kinds: Mapping[str, type[Kind]]) -> Wording:
    """Return the wording that was dumped; `kinds` are the question kinds by name."""
    body = kinds[payload["kind"]].load(payload["body"])
    return Wording(payload["stem"], body, payload["score"], payload["shared"])


def dump_commentary(commentary: Commentary) -> JSON:
    """Return the commentary as `load_commentary` reads it."""
    return {
        "title": commentary.title,
        "remarks": {
            key: {"text": remark.text, "misconception": remark.misconception}
            for key, remark in commentary.remarks.items()
        },
        "beliefs": dict(commentary.beliefs),
        "hints": list(commentary.hints),
        "explanation": commentary.explanation,
        "source": commentary.source,
    }


def load_commentary(payload: JSON) -> Commentary:
    """Return the commentary that was dumped."""
    return Commentary(
        title=payload["title"],
        remarks={key: Remark(**remark) for key, remark in payload["remarks"].items()},
        beliefs=payload["beliefs"],
        hints=tuple(payload["hints"]),
        explanation=payload["explanation"],
        source=payload["source"],
    )
