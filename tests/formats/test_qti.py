"""A QTI package holds together, and its items score a right response as right."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from quiz.core.exchange import Written
from quiz.core.packs import Pack
from quiz.formats.qti import write
from tests.formats.scoring import NAMES, Item, tag
from tests.formats.table import packs
from tests.formats.test_json import FULL, PACKS, loaded
from tests.packs.test_loader import write as write_files

ORDER = [
    "responseDeclaration",
    "outcomeDeclaration",
    "itemBody",
    "responseProcessing",
    "modalFeedback",
]
CP = {"c": "http://www.imsglobal.org/xsd/imscp_v1p1"}
KNOWN = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "choiceInteraction",
        "code",
        "em",
        "extendedTextInteraction",
        "feedbackInline",
        "hr",
        "img",
        "li",
        "matchInteraction",
        "ol",
        "orderInteraction",
        "p",
        "pre",
        "rubricBlock",
        "simpleAssociableChoice",
        "simpleChoice",
        "simpleMatchSet",
        "span",
        "strong",
        "table",
        "tbody",
        "td",
        "textEntryInteraction",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)


def files(written: Written) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(written.data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@cache
def items() -> dict[str, Item]:
    found = (files(write(pack)).items() for pack in packs())
    return {
        f"{at}/{name}": Item(data)
        for at, package in enumerate(found)
        for name, data in package
        if name.startswith("items/")
    }


@pytest.mark.parametrize("at", range(4))
def test_the_manifest_names_every_file_once(at: int) -> None:
    package = files(write(packs()[at]))

    root = fromstring(package["imsmanifest.xml"])
    hrefs = [file.attrib["href"] for file in root.findall(".//c:file", CP)]
    resources = root.findall(".//c:resource", CP)
    names = {resource.attrib["identifier"] for resource in resources}
    depends = [one.attrib["identifierref"] for one in root.findall(".//c:dependency", CP)]
    assert sorted(hrefs) == sorted(set(package) - {"imsmanifest.xml"})
    assert len(names) == len(resources)
    assert set(depends) == names - {"test"}
    assert [child.tag.rpartition("}")[2] for child in root] == [
        "metadata",
        "organizations",
        "resources",
    ]


@pytest.mark.parametrize("at", range(4))
def test_the_test_asks_every_item(at: int) -> None:
    package = files(write(packs()[at]))

    root = fromstring(package["test.xml"])
    asked = root.findall(".//q:assessmentItemRef", NAMES)
    sections = root.findall(".//q:assessmentSection", NAMES)
    assert {one.attrib["href"] for one in asked} == {n for n in package if n.startswith("items/")}
    assert [s.attrib["title"] for s in sections] == [topic.title for topic in packs()[at].topics]


def test_the_parts_of_an_item_stand_in_their_order() -> None:
    for name, item in items().items():
        found = [tag(child) for child in item.root]
        assert found == sorted(found, key=ORDER.index), name
        assert {tag(one) for one in item.all("q:itemBody//*")} <= KNOWN, name
        assert not [one for one in item.all("q:itemBody//*") if "style" in one.attrib], name


def test_every_name_that_is_used_is_declared() -> None:
    for name, item in items().items():
        responses = [d.attrib["identifier"] for d in item.all("q:responseDeclaration")]
        outcomes = [d.attrib["identifier"] for d in item.all("q:outcomeDeclaration")]
        asked = [
            one.attrib["responseIdentifier"]
            for one in item.all("q:itemBody//*")
            if "responseIdentifier" in one.attrib
        ]
        said = {
            one.attrib["outcomeIdentifier"]
            for one in item.root.iter()
            if "outcomeIdentifier" in one.attrib
        }
        set_ = {one.attrib["identifier"] for one in item.all(".//q:setOutcomeValue")}
        assert asked == responses, name
        assert said | set_ <= set(outcomes), name


def test_a_right_response_scores_one_and_a_wrong_one_less() -> None:
    graded = 0
    for name, item in items().items():
        right = item.right()
        if not all(right.values()):
            assert item.all("q:itemBody/q:rubricBlock"), name
            continue
        graded += 1
        wrong = {key: ["9999999"] for key in right}
        assert item.score(right) == pytest.approx(1, abs=1e-5), name
        assert item.score(wrong) == 0, name
    assert graded > 150


def test_shares_are_given_where_the_author_said_so() -> None:
    item = Item(files(write(loaded(PACKS[2])))["items/two-lines-wrong.xml"])
    (right,) = item.right().values()

    assert item.score({"RESPONSE": right[:1]}) == 0.5
    assert item.score({"RESPONSE": [*right, "A"]}) == 0.5


def test_pictures_points_and_odd_ids_come_along(tmp_path: Path) -> None:
    text = FULL.replace("id: asked;", "id: 1asked;").replace("A row has cells.", "![Row](row.png)")
    write_files(tmp_path, {"pack.md": text})
    (tmp_path / "row.png").write_bytes(b"\x89PNG\x00\xff")

    package = files(write(loaded(tmp_path)))

    item = Item(package["items/_1asked.xml"])
    assert [img.attrib["src"] for img in item.all(".//q:img")] == ["../row.png"]
    assert package["row.png"] == b"\x89PNG\x00\xff"
    test = fromstring(package["test.xml"])
    assert [w.attrib["value"] for w in test.findall(".//q:weight", NAMES)] == ["2.5"]
    assert [img.attrib["src"] for img in test.findall(".//q:img", NAMES)] == ["row.png"]


def test_the_same_pack_makes_the_same_bytes_and_tells_its_losses() -> None:
    pack: Pack = loaded(PACKS[1])

    first, second = write(pack), write(pack)

    assert first.data == second.data
    told = {loss.what for loss in first.losses}
    assert {"evidence", "hints", "kind", "distractors", "objective", "misconception"} <= told
