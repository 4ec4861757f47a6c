"""The files `items` and `options`: one row a question, and one row an option of a wording."""

from __future__ import annotations

from quiz.core.analysis import AnalysedOption, AnalysedQuestion, AnalysedRevision, Analysis
from quiz.exports.cells import time_text
from quiz.exports.lines import Columns, Record

SCHEMA_VERSION = 1

ITEMS = Columns(
    names=(
        "schema_version",
        "pack_id",
        "question_id",
        "question_v",
        "question_rev",
        "kind",
        "title",
        "n",
        "n_unknown",
        "facility",
        "sd",
        "random_guess",
        "discrimination_index",
        "discriminative_efficiency",
        "effective_weight",
        "median_time_s",
        "hints_per_attempt",
        "flags",
        "basis",
        "computed_at",
    ),
    text=frozenset({"title", "basis"}),
    structures=frozenset({"flags"}),
)

OPTIONS = Columns(
    names=(
        "schema_version",
        "pack_id",
        "question_id",
        "question_v",
        "question_rev",
        "option",
        "text",
        "key",
        "misconception",
        "n",
        "share",
        "share_top27",
        "share_bottom27",
        "point_biserial_rest",
        "flags",
    ),
    text=frozenset({"text"}),
    structures=frozenset({"flags"}),
)


def items_rows(analysis: Analysis) -> list[Record]:
    """Return a row for each question in pack order, over all revisions of its present `v`."""
    return [_item(analysis, question) for question in analysis.questions]


def options_rows(analysis: Analysis) -> list[Record]:
    """Return a row for each option worth one, by question, present wording first."""
    return [
        _option(analysis, question, revision, option)
        for question in analysis.questions
        for revision in question.revisions
        for option in revision.options
    ]


def _item(analysis: Analysis, question: AnalysedQuestion) -> Record:
    numbers = question.numbers
    return {
        "schema_version": SCHEMA_VERSION,
        "pack_id": analysis.pack_id,
        "question_id": question.question_id,
        "question_v": question.v,
        "question_rev": None,
        "kind": question.kind,
        "title": question.title,
        "n": numbers.n,
        "n_unknown": numbers.n_unknown,
        "facility": numbers.facility,
        "sd": numbers.sd,
        "random_guess": numbers.random_guess,
        "discrimination_index": numbers.discrimination_index,
        "discriminative_efficiency": numbers.discriminative_efficiency,
        "effective_weight": numbers.effective_weight,
        "median_time_s": numbers.median_time_s,
        "hints_per_attempt": numbers.hints_per_attempt,
        "flags": list(numbers.flags),
        "basis": analysis.basis,
        "computed_at": time_text(analysis.computed_at),
    }


def _option(
    analysis: Analysis,
    question: AnalysedQuestion,
    revision: AnalysedRevision,
    option: AnalysedOption,
) -> Record:
    numbers, choice = option.numbers, option.numbers.choice
    return {
        "schema_version": SCHEMA_VERSION,
        "pack_id": analysis.pack_id,
        "question_id": question.question_id,
        "question_v": question.v,
        "question_rev": revision.rev,
        "option": choice.key,
        "text": choice.text,
        "key": choice.right,
        "misconception": option.misconception or None,
        "n": numbers.n,
        "share": numbers.share,
        "share_top27": numbers.share_top27,
        "share_bottom27": numbers.share_bottom27,
        "point_biserial_rest": numbers.point_biserial_rest,
        "flags": list(numbers.flags),
    }
