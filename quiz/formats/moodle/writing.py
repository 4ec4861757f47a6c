"""A pack as Moodle XML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from quiz.core.blocks import Place
from quiz.core.exchange import Loss, Written
from quiz.core.packs import Pack, Picture
from quiz.core.questions import Question
from quiz.formats.asked import feedback_of
from quiz.formats.categories import with_list, written_path
from quiz.formats.elements import as_xml
from quiz.formats.moodle.bodies import BODIES, SHARES
from quiz.formats.moodle.nodes import Node, node, texted
from quiz.formats.nearest import nearest
from quiz.formats.settings import LONGEST, lost_front, lost_rest, tags_of

FIRST = Place("pack.md", 1)
FEW = {"essay", "truefalse"}
"""Types of which Moodle shows no hints."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a question is written to: its element, the pack's pictures, and where losses go."""

    node: Node
    pictures: tuple[Picture, ...]
    lose: Callable[[str, str], None]


def write(pack: Pack) -> Written:
    """Return the pack as a file that Moodle imports; the topics are categories."""
    root = ET.Element("quiz")
    losses: list[Loss] = [Loss(FIRST, what, said) for what, said in lost_front(pack)]
    beliefs = with_list(pack.description, pack.misconceptions)
    _category(root, pack, [pack.title], beliefs, pack.id)
    for topic in pack.topics:
        notes = with_list(topic.notes, topic.objectives)
        _category(root, pack, [pack.title, topic.title], notes, topic.id)
        if topic.was:
            losses.append(Loss(topic.place, "former id", topic.was))
        for question in topic.questions:
            losses += _question(root, question, pack.pictures)
    ET.indent(root)
    return Written(as_xml(root), tuple(losses))


def _category(root: Node, pack: Pack, path: list[str], info: str, id: str) -> None:
    one = node(root, "question", type="category")
    texted(one, "category", written_path(path))
    texted(one, "info", info, pack.pictures, format="markdown")
    node(one, "idnumber", id)


def _question(root: Node, asked: Question, pictures: tuple[Picture, ...]) -> list[Loss]:
    losses: list[Loss] = []

    def lose(what: str, said: str = "") -> None:
        losses.append(Loss(asked.place, what, said))

    question, became = nearest(asked, BODIES)
    if question is None:
        lose("question", became)
        return losses
    if became:
        lose("kind", became)
    sheet = Sheet(node(root, "question"), pictures, lose)
    _head(sheet, question)
    kind, stem, fill = BODIES[question.wording.body.name](question, lose)
    sheet.node.set("type", kind)
    _set_stem(sheet.node, stem, pictures)
    fill(sheet.node)
    for hint in question.commentary.hints:
        texted(sheet.node, "hint", hint, pictures, format="markdown")
    if question.commentary.hints and kind in FEW:
        lose("hints", "kept in the file, but Moodle shows none here")
    _tags(sheet, question)
    for what, said in lost_rest(question, shares=question.wording.body.name in SHARES):
        lose(what, said)
    return losses


def _head(sheet: Sheet, question: Question) -> None:
    said, points = question.commentary, question.points
    texted(sheet.node, "name", said.title)
    node(sheet.node, "questiontext", format="markdown")
    texted(sheet.node, "generalfeedback", feedback_of(said), sheet.pictures, format="markdown")
    void = question.wording.score == "void"
    node(sheet.node, "defaultgrade", "0" if void else f"{points:g}")
    node(sheet.node, "penalty", "0.3333333")
    node(sheet.node, "hidden", "0")
    node(sheet.node, "idnumber", question.id)
    if void and points != 1:
        sheet.lose("points", "a question that does not count has none in Moodle")


def _set_stem(sheet: Node, stem: tuple[str, str], pictures: tuple[Picture, ...]) -> None:
    """Fill the question's text, which stands near the top although its kind decides it."""
    place = sheet.find("questiontext")
    if place is not None:
        text, format = stem
        made = texted(ET.Element("x"), "questiontext", text, pictures, format=format)
        place.attrib.update(made.attrib)
        place.extend(made)


def _tags(sheet: Sheet, question: Question) -> None:
    match = getattr(question.wording.body, "match", "")
    exact = match if match == "exact" else ""
    tags = tags_of(question, shares=question.wording.body.name in SHARES, match=exact)
    holder = node(sheet.node, "tags")
    for tag in tags:
        if len(tag) > LONGEST:
            sheet.lose("tag", f"{tag} is longer than the {LONGEST} signs that Moodle keeps")
        else:
            texted(holder, "tag", tag)
