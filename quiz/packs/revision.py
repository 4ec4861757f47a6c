"""Names for what a question says: equal content, equal name."""

from __future__ import annotations

import hashlib
import json

from quiz.core.codec import dump_commentary, dump_proof, dump_remarks
from quiz.core.kinds import JSON
from quiz.core.questions import Commentary, Question

DIGITS = 12


def rev(question: Question) -> str:
    """Return the revision, 12 hex digits: it names what is asked and how it is graded."""
    wording = question.wording
    return digest(
        {
            "kind": wording.body.name,
            "stem": wording.stem,
            "shared": wording.shared,
            "graded": wording.body.graded_content(),
            "score": wording.score,
        }
    )[:DIGITS]


def commentary_hash(commentary: Commentary) -> str:
    """Return 12 hex digits that name all that surrounds a question."""
    parts = [dump_commentary(commentary), dump_remarks(commentary)]
    proof = dump_proof(commentary.proof)
    return digest([*parts, proof] if proof else parts)[:DIGITS]


def digest(content: JSON) -> str:
    """Return the SHA-256 of the content as canonical JSON, in hex."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
