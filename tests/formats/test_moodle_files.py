"""Moodle XML as a file: what Moodle should import, what comes back, and what is hostile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from quiz.core.errors import OperatorError
from quiz.core.exchange import Loss
from quiz.core.packs import Pack
from quiz.formats.moodle import read, write
from quiz.packs.importing import settle
from tests.formats.test_json import FULL, PACKS, bare, loaded
from tests.formats.test_moodle import answer, asked, lost, question, taken
from tests.packs.test_loader import write as write_files


def again(pack: Pack) -> tuple[Pack, list[Loss]]:
    written = write(pack)
    return settle(read(written.data, "file"), "again").pack, list(written.losses)


def test_a_pack_that_says_everything_comes_back(tmp_path: Path) -> None:
    write_files(tmp_path, {"pack.md": FULL.replace("; uses: told", "")})
    (tmp_path / "row.png").write_bytes(b"\x89PNG\x00\xff")
    pack = loaded(tmp_path)

    back, losses = again(pack)

    kept = replace(pack, authors=(), license="", version="", setup="", tested_with=(), retired={})
    topic = replace(kept.topics[0], was="")
    questions = tuple(replace(question, was="") for question in topic.questions)
    assert bare(back) == bare(replace(kept, topics=(replace(topic, questions=questions),)))
    assert {"authors", "license", "former id", "retired ids"} <= {loss.what for loss in losses}


def test_the_file_is_what_moodle_reads() -> None:
    root = fromstring(write(loaded(PACKS[1])).data)

    kinds = [one.get("type") for one in root.iter("question")]
    assert kinds[:3] == ["category", "category", "multichoice"]
    assert {"truefalse", "shortanswer", "numerical", "cloze", "ordering", "matching", "essay"} <= {
        *kinds
    }
    for one in root.iter("question"):
        if one.get("type") != "category":
            assert [child.tag for child in one][:4] == [
                "name",
                "questiontext",
                "generalfeedback",
                "defaultgrade",
            ]
    category = root[1].findtext("category/text")
    assert category == "$course$/top/Python basics/Names, objects and values"
    worth = [float(a.get("fraction", "")) for a in root[2].iter("answer")]
    assert sorted(worth) == [0, 0, 0, 100]
    code = root.find("question[@type='cloze']/questiontext/text")
    assert code is not None
    assert '<pre><code class="language-python">' in (code.text or "")


BOMB = (
    '<!DOCTYPE q [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><quiz>&b;</quiz>'
)
OUTSIDE = '<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/hostname">]><quiz>&x;</quiz>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (BOMB.encode(), "a document type, which can hide an attack"),
        (OUTSIDE.encode(), "a document type, which can hide an attack"),
        (b"<quiz><question>", "bank.xml:1: not valid XML"),
        (b"", "not valid XML"),
        (b"<quiz>\n\xe9</quiz>", "bank.xml:2: not valid XML"),
        ("<quiz/>".encode("utf-16"), "holds no question"),
        (b"<?xml version='1.0' encoding='klingon'?><quiz/>", "unknown encoding"),
        (b"<html/>", "starts with <html>, not with <quiz>"),
        (b"<quiz>" + b"<a>" * 500, "nested more than 200 deep"),
    ],
)
def test_what_is_hostile_or_broken_is_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(OperatorError, match=said):
        read(data, "bank.xml")


def test_html_that_nests_without_end_is_kept_as_it_is() -> None:
    text = "<div>" * 300 + "x"
    done = taken(question("truefalse", answer("100", "true") + answer("0", "false"), text))

    assert lost(done) == [(4, "markup", "<nesting>")]
    assert "```html\n<div>" in asked(done)[2]
