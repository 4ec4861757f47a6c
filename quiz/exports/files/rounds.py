"""The file `rounds`: one row a round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from quiz.core.walked import Dealt, Walked
from quiz.exports.learners import Learner
from quiz.exports.lines import ALL_FORMATS, Columns, File, Record

SCHEMA_VERSION = 1

COLUMNS = Columns(
    names=(
        "schema_version",
        "round_id",
        "learner_id",
        "learner_name",
        "external_id",
        "class",
        "pack_id",
        "pack_rev",
        "mode",
        "round_no",
        "state",
        "started_at",
        "finished_at",
        "duration_s",
        "n_questions",
        "n_answered",
        "n_correct",
        "n_first_try",
        "n_with_help",
        "score",
        "max_score",
        "scaled",
    ),
    text=frozenset({"round_id", "learner_id", "learner_name", "external_id", "class"}),
    times=frozenset({"started_at", "finished_at"}),
)

FILE = File(
    title="Rounds",
    sentence="One row a round: when it was, how long it took, and what it came to.",
    formats=ALL_FORMATS,
    row_bytes=220,
)


def record_of(walked: Walked, cards: Sequence[Dealt], learner: Learner, class_name: str) -> Record:
    """Return the row of a round with these cards; `class_name` is "" outside of a class."""
    answered = [card for card in cards if card.answered_at is not None]
    right = [card for card in answered if card.counted and card.score == 1.0]
    score = sum(card.points * (card.score or 0.0) for card in answered if card.counted)
    most = sum(card.points for card in cards if card.counted is not False)
    return {
        "schema_version": SCHEMA_VERSION,
        "round_id": walked.round_id,
        "learner_id": learner.id,
        "learner_name": learner.name or None,
        "external_id": learner.external_id or None,
        "class": class_name or None,
        "pack_id": walked.pack_id,
        "pack_rev": _rev(cards),
        "mode": walked.mode,
        "round_no": walked.round_no,
        "state": _state(walked, len(answered)),
        "started_at": walked.started_at,
        "finished_at": walked.ended_at,
        "duration_s": _duration_s(walked, answered),
        "n_questions": walked.size,
        "n_answered": len(answered),
        "n_correct": len(right),
        "n_first_try": sum(card.try_no == 1 for card in right),
        "n_with_help": sum(bool(card.hints) for card in right),
        "score": round(score, 4),
        "max_score": round(most, 4),
        "scaled": round(score / most, 4) if most else None,
    }


def _rev(cards: Sequence[Dealt]) -> str:
    """Return 12 hex digits that are equal where the same questions stood in the same wording."""
    asked = sorted(f"{card.question_id} {card.rev}" for card in cards)
    return sha256("\n".join(asked).encode()).hexdigest()[:12]


def _state(walked: Walked, answered: int) -> str:
    """Return `finished`, `stopped` where the learner went on with another round, or `open`."""
    if walked.ended_at or answered == walked.size:
        return "finished"
    return "stopped" if walked.followed else "open"


def _duration_s(walked: Walked, answered: Sequence[Dealt]) -> float | None:
    """Return the seconds from the start to the last answer, None before the first."""
    times: list[datetime] = [card.answered_at for card in answered if card.answered_at]
    if not times:
        return None
    return round(max((max(times) - walked.started_at).total_seconds(), 0.0), 3)
