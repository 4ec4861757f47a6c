"""The file `attempts`: one row a try at a question."""

from __future__ import annotations

from collections.abc import Mapping

from quiz.core.attempts import time_s
from quiz.core.ticking import Options
from quiz.core.tried import Tried
from quiz.exports.asked import Asked
from quiz.exports.cells import Structure, stored, words
from quiz.exports.learners import Learner
from quiz.exports.lines import ALL_FORMATS, Columns, File, Record

SCHEMA_VERSION = 1

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
    text=frozenset(
        {"round_id", "learner_id", "learner_name", "external_id", "class", "response_text"}
    ),
    times=frozenset({"shown_at", "answered_at"}),
    truths=frozenset({"correct"}),
    structures=frozenset({"tags", "response", "misconceptions", "option_order"}),
)

FILE = File(
    title="Attempts",
    sentence="One row a try at a question: who answered what, when, how, and what it was worth. "
    "The base of everything else.",
    formats=ALL_FORMATS,
    row_bytes=300,
)


def record_of(tried: Tried, asked: Asked, learner: Learner, class_name: str) -> Record:
    """Return the row of an attempt; `class_name` is "" outside of a class."""
    response = None if tried.response is None else stored(tried.response)
    return {
        "schema_version": SCHEMA_VERSION,
        "attempt_id": tried.id,
        "round_id": tried.round_id,
        "try_no": tried.try_no,
        "learner_id": learner.id,
        "learner_name": learner.name or None,
        "external_id": learner.external_id or None,
        "class": class_name or None,
        "pack_id": tried.pack_id,
        "topic_id": tried.topic_id,
        "objective_id": tried.objective_id,
        "question_id": tried.question_id,
        "question_v": tried.v,
        "question_rev": tried.rev,
        "kind": asked.body.name,
        "level": tried.level or None,
        "tags": stored(tried.tags),
        "mode": tried.mode,
        "position": tried.position,
        "shown_at": tried.shown_at,
        "answered_at": tried.answered_at,
        "time_s": time_s(tried.shown_at, tried.answered_at),
        **_response(tried, asked, response),
        "outcome": tried.outcome,
        "correct": tried.correct,
        "score": tried.score,
        "points": tried.points,
        "misconceptions": stored(tried.misconceptions),
        "hints_used": tried.hints,
        "option_order": _option_order(tried, asked),
        "evidence": asked.evidence or None,
    }


def _response(tried: Tried, asked: Asked, response: Structure | None) -> Mapping[str, object]:
    if response is None or tried.response is None:
        return {"response": None, "response_text": None, "self_grade": None}
    return {
        "response": response,
        "response_text": asked.said(tried.response, response.value),
        "self_grade": response.value["self_grade"] if asked.body.self_graded else None,
    }


def _option_order(tried: Tried, asked: Asked) -> Structure | None:
    """Return the keys of options in the order shown, None for kinds without options."""
    if not isinstance(asked.body, Options):
        return None
    return words(tuple(option.key for option in asked.body.in_order(tried.seed)))
