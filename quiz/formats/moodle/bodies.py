"""How each kind's answer stands in Moodle, or what comes nearest to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from quiz.core.numbers import normal_number
from quiz.core.questions import Question
from quiz.formats.asked import stem_of, with_points, with_titles
from quiz.formats.html import to_html
from quiz.formats.moodle.cloze import written
from quiz.formats.moodle.nodes import Node, answer, node, texted
from quiz.formats.nearest import with_code

Lose = Callable[[str, str], None]
Stem = tuple[str, str]
"""A text and its format."""

Body = tuple[str, Stem, Callable[[Node], None]]
"""The type of Moodle, the text of the question, and what fills its element."""

SHARES = frozenset({"multiple", "cloze", "match"})
"""Kinds that Moodle grades by shares, whatever we say."""


def _options(question: Question, lose: Lose) -> Body:
    options, remarks = question.wording.body.dump(), question.commentary.remarks
    many = question.wording.body.name == "multiple"
    right = sum(option["right"] for option in options)
    wrong = (100 if question.wording.score == "exact" else 100 / right) if many else 0

    def fill(sheet: Node) -> None:
        node(sheet, "single", "false" if many else "true")
        node(sheet, "shuffleanswers", "true" if question.shuffle else "false")
        node(sheet, "answernumbering", "abc")
        for option in options:
            share = 100 / right if option["right"] else -wrong
            answer(sheet, share, option["text"], remarks.get(option["key"]), "markdown")

    return "multichoice", (stem_of(question), "markdown"), fill


def _truefalse(question: Question, lose: Lose) -> Body:
    options, remarks = question.wording.body.dump(), question.commentary.remarks

    def fill(sheet: Node) -> None:
        for option in options:
            share = 100 if option["right"] else 0
            answer(sheet, share, option["text"].lower(), remarks.get(option["key"]), "plain_text")

    return "truefalse", (stem_of(question), "markdown"), fill


def _text(question: Question, lose: Lose) -> Body:
    payload, remarks = question.wording.body.dump(), question.commentary.remarks

    def fill(sheet: Node) -> None:
        node(sheet, "usecase", "0" if payload["match"] == "text" else "1")
        for accepted in payload["accepted"]:
            answer(sheet, 100, accepted.replace("*", "\\*"), None, "plain_text")
        for value, said in remarks.items():
            answer(sheet, 0, value.replace("*", "\\*"), said, "plain_text")

    return "shortanswer", (stem_of(question), "markdown"), fill


def _number(question: Question, lose: Lose) -> Body:
    payload, remarks = question.wording.body.dump(), question.commentary.remarks
    low, high = Decimal(payload["low"]), Decimal(payload["high"])

    def fill(sheet: Node) -> None:
        made = answer(sheet, 100, normal_number((low + high) / 2), None, "plain_text")
        node(made, "tolerance", normal_number((high - low) / 2))
        for value, said in remarks.items():
            node(answer(sheet, 0, value, said, "plain_text"), "tolerance", "0")

    return "numerical", (stem_of(question), "markdown"), fill


def _match(question: Question, lose: Lose) -> Body:
    payload = question.wording.body.dump()
    stem = with_titles(stem_of(question), payload["titles"])

    def fill(sheet: Node) -> None:
        node(sheet, "shuffleanswers", "true" if question.shuffle else "false")
        pairs = [*payload["pairs"], *(("", extra) for extra in payload["extras"])]
        for left, right in pairs:
            row = texted(sheet, "subquestion", left, format="markdown")
            texted(row, "answer", right)

    return "matching", (stem, "markdown"), fill


def _order(question: Question, lose: Lose) -> Body:
    payload = question.wording.body.dump()
    for what, lost in (
        ("distractors", payload["distractors"]),
        ("free ranges", payload["free"]),
        ("graded indentation", payload["indent"]),
        ("order of lines", not question.shuffle),
    ):
        if lost:
            lose(what, "Moodle's ordering has none")
    exact = question.wording.score != "partial"

    def fill(sheet: Node) -> None:
        said = {"layouttype": "VERTICAL", "selecttype": "ALL", "selectcount": "0"}
        said["gradingtype"] = "ALL_OR_NOTHING" if exact else "LONGEST_ORDERED_SUBSET"
        for tag, text in {**said, "showgrading": "SHOW", "numberingstyle": "none"}.items():
            node(sheet, tag, text)
        for number, (text, level) in enumerate(payload["solution"], 1):
            code = "\n".join("    " * level + line for line in text.split("\n"))
            html = to_html(with_code("", payload["language"], code)).strip()
            texted(sheet, "answer", html, fraction=str(number), format="html")

    return "ordering", (stem_of(question), "markdown"), fill


def _cloze(question: Question, lose: Lose) -> Body:
    html = written(stem_of(question), question.wording.body.dump(), question.commentary.remarks)
    return "cloze", (html, "html"), lambda _: None


def _recall(question: Question, lose: Lose) -> Body:
    payload = question.wording.body.dump()
    model = with_points(payload["model"], payload["points"])
    return "essay", (stem_of(question), "markdown"), lambda sheet: _essay(sheet, model)


def _essay(sheet: Node, model: str) -> None:
    said = {"responseformat": "editor", "responserequired": "1", "responsefieldlines": "10"}
    for tag, text in {**said, "attachments": "0"}.items():
        node(sheet, tag, text)
    texted(sheet, "graderinfo", model, format="markdown")


BODIES: Mapping[str, Callable[[Question, Lose], Body]] = {
    "single": _options,
    "multiple": _options,
    "truefalse": _truefalse,
    "text": _text,
    "number": _number,
    "match": _match,
    "order": _order,
    "cloze": _cloze,
    "recall": _recall,
}
