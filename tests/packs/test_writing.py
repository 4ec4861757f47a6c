"""A pack written as Markdown is the same pack when it is read again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from quiz.core.exchange import Imported, Original
from quiz.core.kinds import Remark
from quiz.core.packs import Pack, Picture
from quiz.core.questions import Question
from quiz.packs.importing import settle, write_files
from quiz.packs.loader import load_pack
from quiz.packs.skeleton import kinds_to_start
from quiz.packs.skeleton import question as started
from quiz.packs.writing import markdown_files
from quiz.packs.writing.settle import settled
from tests.formats.reading import NOWHERE
from tests.formats.test_json import FULL, PACKS, bare, loaded
from tests.packs.test_loader import FRONT, SOURCE, TOPIC, write

OPTIONS = f"""
## One?
<!-- id: one -->

- [x] Yes
- [ ] No
{SOURCE}"""


def again(pack: Pack) -> Pack:
    done = settle(Imported(pack), "again")
    assert [loss for loss in done.losses if loss.what != "link"] == []
    return done.pack


def pack_of(folder: Path, text: str) -> Pack:
    return loaded(write(folder, {"pack.md": FRONT + TOPIC + text}))


def changed(pack: Pack, question: Question) -> Pack:
    return replace(pack, topics=(replace(pack.topics[0], questions=(question,)),))


@pytest.mark.parametrize("path", [PACKS[0], PACKS[2]], ids=lambda path: path.stem)
def test_a_pack_comes_back_whole(path: Path) -> None:
    pack = loaded(path)

    assert bare(again(pack)) == bare(pack)


def test_a_pack_that_says_everything_comes_back_whole(tmp_path: Path) -> None:
    write(tmp_path / "one", {"pack.md": FULL})
    (tmp_path / "one" / "row.png").write_bytes(b"\x89PNG\x00\xff")
    pack = loaded(tmp_path / "one")

    write_files(markdown_files(pack), tmp_path)

    assert bare(load_pack(tmp_path).pack) == bare(pack)


@pytest.mark.parametrize("kind", kinds_to_start())
def test_no_kind_loses_anything(tmp_path: Path, kind: str) -> None:
    pack = pack_of(tmp_path, started(kind, frozenset(), "", "", ""))

    assert bare(again(pack)) == bare(pack)


def test_a_link_to_a_file_that_does_not_come_along_is_lost_and_told() -> None:
    done = settle(Imported(loaded(PACKS[1])), "example")

    assert {loss.what for loss in done.losses} == {"link"}
    assert done.losses[0].place.line == loaded(PACKS[1]).questions[0].place.line
    assert done.pack.questions[0].commentary.source == "Default argument values"


def test_a_question_that_cannot_be_asked_is_kept_as_prose_and_told(tmp_path: Path) -> None:
    pack = pack_of(tmp_path, OPTIONS)
    body = type(pack.questions[0].wording.body).load(
        [{"key": key, "text": "Same", "right": key == "a"} for key in "ab"]
    )
    odd = replace(pack.questions[0], wording=replace(pack.questions[0].wording, body=body))
    original = Original("one", NOWHERE, "One?", "xml", "<question/>")

    done = settle(Imported(changed(pack, odd), originals=(original,)), "odd")

    assert done.pack.questions == ()
    assert [loss.said for loss in done.losses] == ["kept as prose: E204 two options are the same"]
    (topic,) = (data.decode() for name, data in done.files.items() if name != "pack.md")
    assert "<!-- id: one; kind: prose -->\n\n```xml\n<question/>\n```\n" in topic


def test_notes_that_break_the_grammar_are_kept_in_a_fence(tmp_path: Path) -> None:
    pack = pack_of(tmp_path, OPTIONS)
    topic = replace(pack.topics[0], notes="See <b>this</b>.")

    done = settle(Imported(replace(pack, topics=(topic,))), "odd")

    assert done.pack.topics[0].notes == "```text\nSee <b>this</b>.\n```"


def test_headings_of_a_text_become_bold() -> None:
    assert settled("# One #\n\ntwo\n***\n> ### Three") == "**One**\n\ntwo\n\n---\n\n> **Three**"


def test_code_that_looks_like_a_misconception_names_none(tmp_path: Path) -> None:
    pack = pack_of(tmp_path, OPTIONS)
    first = pack.questions[0]
    said = {"a": Remark("`run-sync` is right.")}
    odd = replace(first, commentary=replace(first.commentary, remarks=said))

    (question,) = again(changed(pack, odd)).questions

    assert question.commentary.remarks["a"].text.endswith("`run-sync` is right.")


def test_options_stay_apart_from_a_list_in_front_of_them(tmp_path: Path) -> None:
    pack = pack_of(tmp_path, OPTIONS)
    first = pack.questions[0]
    odd = replace(first, wording=replace(first.wording, stem="Given\n\n- a\n- b"))

    (question,) = again(changed(pack, odd)).questions

    assert question.wording == odd.wording


@pytest.mark.parametrize("path", ["../out.png", "/out.png", "pack.md", "a\\..\\out.png"])
def test_a_picture_lands_in_the_folder_or_nowhere(tmp_path: Path, path: str) -> None:
    pack = replace(pack_of(tmp_path, OPTIONS), pictures=(Picture(path, "image/png", b""),))

    done = settle(Imported(pack), "odd")

    assert [loss.what for loss in done.losses] == ["picture"]
    assert [name for name in done.files if name.endswith(".md")] == list(done.files)
