"""Wording and commentary as JSON for the database, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from quiz.core.kinds import JSON, Kind, Remark
from quiz.core.proofs import Proof
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


def dump_remarks(commentary: Commentary) -> JSON:
    """Return what the commentary says of the parts of a wording, apart from the rest.

    Its keys are options, lines and fills: it has a meaning only beside that wording.
    """
    return {
        "remarks": {
            key: {"text": remark.text, "misconception": remark.misconception}
            for key, remark in commentary.remarks.items()
        },
        "beliefs": dict(commentary.beliefs),
    }


def dump_proof(proof: Proof | None) -> JSON:
    """Return the proof as `load_proof` reads it, None for None."""
    if proof is None:
        return None
    return {
        "result": proof.result,
        "on": proof.on.isoformat(),
        "versions": list(proof.versions),
        "program": proof.program,
    }


def load_proof(payload: JSON) -> Proof | None:
    """Return the proof that was dumped."""
    if payload is None:
        return None
    on, versions = date.fromisoformat(payload["on"]), tuple(payload["versions"])
    return Proof(payload["result"], on, versions, payload["program"])


def dump_commentary(commentary: Commentary) -> JSON:
    """Return the commentary without its remarks and its proof."""
    return {
        "title": commentary.title,
        "hints": list(commentary.hints),
        "explanation": commentary.explanation,
        "source": commentary.source,
    }


def load_commentary(payload: JSON, remarks: JSON, proof: JSON) -> Commentary:
    """Return the commentary that was dumped in three; remarks and proof may be None."""
    remarks = remarks or {"remarks": {}, "beliefs": {}}
    return Commentary(
        title=payload["title"],
        remarks={key: Remark(**remark) for key, remark in remarks["remarks"].items()},
        beliefs=remarks["beliefs"],
        hints=tuple(payload["hints"]),
        explanation=payload["explanation"],
        source=payload["source"],
        proof=load_proof(proof),
    )
