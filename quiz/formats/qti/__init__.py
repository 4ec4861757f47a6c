"""QTI 2.1 as a package: a zip of one item a question, a test with a section a topic, a manifest."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from posixpath import normpath

from quiz.core.blocks import Place
from quiz.core.exchange import Loss, Written
from quiz.core.packs import Pack, Topic
from quiz.core.questions import Question
from quiz.formats.nearest import nearest
from quiz.formats.qti.bodies import BODIES
from quiz.formats.qti.items import item
from quiz.formats.qti.markup import ITEMS, Node, blocks, document, identifier, node
from quiz.formats.settings import lost_front

FIRST = Place("pack.md", 1)
START = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the zip, so that the same pack makes the same bytes."""

TEST = "test.xml"
CP = "http://www.imsglobal.org/xsd/imscp_v1p1"


def write(pack: Pack) -> Written:
    """Return the pack as a package that learning platforms import."""
    losses = [Loss(FIRST, what, said) for what, said in _lost(pack)]
    files: dict[str, bytes] = {}
    kept: list[tuple[Topic, list[Question]]] = []
    for topic in pack.topics:
        losses += (Loss(topic.place, what, said) for what, said in _lost_topic(topic))
        asked: list[Question] = []
        for question in topic.questions:
            near, became = nearest(question, BODIES)
            if near is None or became:
                losses.append(Loss(question.place, "kind" if near else "question", became))
            if near is not None:
                data, lost = item(near, pack.pictures)
                files[_path(near)] = data
                losses += (Loss(question.place, what, said) for what, said in lost)
                asked.append(near)
        kept.append((topic, asked))
    files[TEST] = _test(pack, kept)
    files.update((normpath(picture.path), picture.data) for picture in pack.pictures)
    return Written(_zipped({"imsmanifest.xml": _manifest(pack, files), **files}), tuple(losses))


def _lost(pack: Pack) -> Iterator[tuple[str, str]]:
    yield from lost_front(pack)
    if pack.description:
        yield "description", ""
    for belief in pack.misconceptions:
        yield "misconception", belief.id


def _lost_topic(topic: Topic) -> Iterator[tuple[str, str]]:
    for objective in topic.objectives:
        yield "objective", objective.id
    if topic.was:
        yield "former id", topic.was


def _path(question: Question) -> str:
    return f"{ITEMS}/{identifier(question.id)}.xml"


def _test(pack: Pack, kept: list[tuple[Topic, list[Question]]]) -> bytes:
    root = document("assessmentTest", identifier=identifier(pack.id), title=pack.title)
    part = node(
        root, "testPart", identifier="part", navigationMode="nonlinear", submissionMode="individual"
    )
    for number, (topic, asked) in enumerate(kept, 1):
        section = node(
            part,
            "assessmentSection",
            identifier=f"section-{number}",
            title=topic.title,
            visible="true",
        )
        if topic.notes:
            rubric = node(section, "rubricBlock", view="candidate")
            rubric.extend(blocks(topic.notes, pack.pictures, folder=""))
        for question in asked:
            _reference(section, question)
    return root.data()


def _reference(section: Node, question: Question) -> None:
    name = identifier(question.id)
    made = node(section, "assessmentItemRef", identifier=name, href=_path(question))
    if question.points != 1:
        node(made, "weight", identifier="points", value=f"{question.points:g}")


def _manifest(pack: Pack, files: Mapping[str, bytes]) -> bytes:
    root = document("manifest", CP, identifier=f"manifest-{pack.id}")
    about = node(root, "metadata")
    node(about, "schema", "QTIv2.1 Package")
    node(about, "schemaversion", "1.0.0")
    node(root, "organizations")
    resources = node(root, "resources")
    test = node(resources, "resource", identifier="test", type="imsqti_test_xmlv2p1", href=TEST)
    node(test, "file", href=TEST)
    for path in sorted(files):
        if not path.startswith(f"{ITEMS}/"):
            continue
        name = f"item-{path.removeprefix(f'{ITEMS}/').removesuffix('.xml')}"
        made = node(resources, "resource", identifier=name, type="imsqti_item_xmlv2p1", href=path)
        node(made, "file", href=path)
        text = files[path].decode()
        for picture in pack.pictures:
            if f'"../{normpath(picture.path)}"' in text:
                node(made, "file", href=normpath(picture.path))
        node(test, "dependency", identifierref=name)
    for picture in pack.pictures:
        node(test, "file", href=normpath(picture.path))
    return root.data()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for path, data in files.items():
            info = zipfile.ZipInfo(path, START)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, data)
    return target.getvalue()
