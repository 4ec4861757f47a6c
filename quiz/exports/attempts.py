"""The file `attempts`: one row a try at a question."""

from __future__ import annotations

from dataclasses import dataclass

from quiz.core.attempts import Attempt
from quiz.core.kinds import Seed
from quiz.core.questions import Wording
from quiz.core.ticking import ReviewedOption
from quiz.exports.cells import time_text
from quiz.exports.lines import Columns, Record

SCHEMA_VERSION = 1
LONGEST_S = 600
"""Seconds; who took longer did something else meanwhile."""

COLUMNS = Columns(
    names=(
        "schema_version",
        "attempt_id",
        "round_id",
        "try_no",
        "learner_id",
        "learner_name",
        "external_id",
        "class",
        "pack_id",
        "topic_id",
        "objective_id",
        "question_id",
        "question_v",
        "question_rev",
        "kind",
        "level",
        "tags",
        "mode",
        "position",
        "shown_at",
        "answered_at",
        "time_s",
        "response",
        "response_text",
        "outcome",
        "correct",
        "score",
        "points",
        "self_grade",
        "misconceptions",
        "hints_used",
        "option_order",
        "evidence",
    ),
    text=frozenset({"learner_name", "external_id", "class", "response_text"}),
    structures=frozenset({"tags", "response", "misconceptions", "option_order"}),
)


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt with all that a row says of it.

    `round_id` and `learner_id` are public ids; `try_no` counts the learner's tries at the question
    from 1; `wording` is the one that was answered, `evidence` what is shown of it now: `proven`,
    `supported` or "".
    """

    id: int
    attempt: Attempt
    round_id: str
    learner_id: str
    learner_name: str
    try_no: int
    level: str
    tags: tuple[str, ...]
    points: float
    wording: Wording
    seed: Seed
    evidence: str = ""


def record_of(tried: Tried) -> Record:
    """Return the row of an attempt."""
    attempt, body = tried.attempt, tried.wording.body
    answered = attempt.response is not None
    return {
        "schema_version": SCHEMA_VERSION,
        "attempt_id": tried.id,
        "round_id": tried.round_id,
        "try_no": tried.try_no,
        "learner_id": tried.learner_id,
        "learner_name": tried.learner_name or None,
        "external_id": None,
        "class": None,
        "pack_id": attempt.pack_id,
        "topic_id": attempt.topic_id,
        "objective_id": attempt.objective_id,
        "question_id": attempt.question_id,
        "question_v": attempt.v,
        "question_rev": attempt.rev,
        "kind": body.name,
        "level": tried.level or None,
        "tags": list(tried.tags),
        "mode": attempt.mode,
        "position": attempt.position,
        "shown_at": time_text(attempt.shown_at) or None,
        "answered_at": time_text(attempt.answered_at),
        "time_s": _time_s(attempt),
        "response": attempt.response,
        "response_text": body.describe(attempt.response) if answered else None,
        "outcome": attempt.outcome,
        "correct": attempt.correct,
        "score": attempt.score,
        "points": tried.points,
        "self_grade": attempt.response["self_grade"] if answered and body.self_graded else None,
        "misconceptions": list(attempt.misconceptions),
        "hints_used": attempt.hints,
        "option_order": _option_order(tried),
        "evidence": tried.evidence or None,
    }


def _time_s(attempt: Attempt) -> float | None:
    if attempt.shown_at is None:
        return None
    seconds = (attempt.answered_at - attempt.shown_at).total_seconds()
    return round(min(max(seconds, 0.0), LONGEST_S), 3)


def _option_order(tried: Tried) -> list[str] | None:
    """Return the keys of options in the order shown, None for kinds without options."""
    shown = tried.wording.body.review(tried.seed, None)
    if not isinstance(shown, tuple):
        return None
    return [option.key for option in shown if isinstance(option, ReviewedOption)]
