"""A question as an item: what is declared, what is shown, and how a response is scored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quiz.core.packs import Picture
from quiz.core.questions import Question
from quiz.formats.asked import feedback_of, stem_of
from quiz.formats.qti.bodies import BODIES
from quiz.formats.qti.markup import Node, blocks, document, identifier, node
from quiz.formats.qti.parts import Item
from quiz.formats.settings import lost_rest

EXPLANATION = "EXPLANATION"


def item(question: Question, pictures: Iterable[Picture]) -> tuple[bytes, list[tuple[str, str]]]:
    """Return the file of an item and what was lost; the kind must be one of `BODIES`."""
    lost = list(_lost(question))
    root = document(
        "assessmentItem",
        identifier=identifier(question.id),
        title=question.commentary.title,
        adaptive="false",
        timeDependent="false",
    )
    made = Item(question, tuple(pictures), lambda what, said="": lost.append((what, said)))
    BODIES[question.wording.body.name](made)
    root.extend(made.declarations)
    explanation = feedback_of(question.commentary)
    _outcomes(root, made, explanation)
    body = node(root, "itemBody")
    body.extend(blocks(stem_of(question), made.pictures))
    body.extend(made.body)
    processing = node(root, "responseProcessing")
    processing.extend(made.processing)
    if explanation:
        _explain(root, processing, blocks(explanation, made.pictures))
    return root.data(), lost


def _outcomes(root: Node, made: Item, explanation: str) -> None:
    score = _outcome(root, "SCORE", "single", "float")
    node(node(score, "defaultValue"), "value", "0")
    if explanation:
        _outcome(root, EXPLANATION, "single", "identifier")
    if made.feedback:
        _outcome(root, "FEEDBACK", made.feedback, "identifier")


def _outcome(root: Node, name: str, cardinality: str, base: str) -> Node:
    return node(root, "outcomeDeclaration", identifier=name, cardinality=cardinality, baseType=base)


def _explain(root: Node, processing: Node, said: list[Node]) -> None:
    """Show the explanation after every answer."""
    setting = node(processing, "setOutcomeValue", identifier=EXPLANATION)
    node(setting, "baseValue", "shown", baseType="identifier")
    shown = node(
        root,
        "modalFeedback",
        outcomeIdentifier=EXPLANATION,
        identifier="shown",
        showHide="show",
    )
    shown.extend(said)


def _lost(question: Question) -> Iterator[tuple[str, str]]:
    for what, said in lost_rest(question, shares=False):
        if what != "score":
            yield what, said
    if question.commentary.hints:
        yield "hints", ""
    if question.level:
        yield "level", question.level
    if question.tags:
        yield "tags", ", ".join(question.tags)
    if question.v != 1:
        yield "version", str(question.v)
    if question.wording.score == "void":
        yield "score", "the question counts there"
