"""The file `misconceptions`: one row a belief that answers have shown."""

from __future__ import annotations

from quiz.core.beliefs import Spread
from quiz.exports.cells import structure
from quiz.exports.lines import ALL_FORMATS, Columns, File, Record

SCHEMA_VERSION = 1

COLUMNS = Columns(
    names=(
        "schema_version",
        "class",
        "pack_id",
        "misconception_id",
        "sentence",
        "n_showed",
        "n_refuted",
        "question_ids",
    ),
    text=frozenset({"class", "sentence"}),
    structures=frozenset({"question_ids"}),
)

FILE = File(
    title="Misconceptions",
    sentence="One row a belief that wrong answers have shown: how many learners showed it, and how "
    "many of them got its objectives right since.",
    formats=ALL_FORMATS,
    row_bytes=200,
)


def record_of(spread: Spread, pack_id: str, sentence: str, class_name: str) -> Record:
    """Return the row of a belief; `sentence` is "" where its words are not kept any more."""
    return {
        "schema_version": SCHEMA_VERSION,
        "class": class_name or None,
        "pack_id": pack_id,
        "misconception_id": spread.belief,
        "sentence": sentence or None,
        "n_showed": spread.showed,
        "n_refuted": spread.refuted,
        "question_ids": structure(list(spread.questions)),
    }
