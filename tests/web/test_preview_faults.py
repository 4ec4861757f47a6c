"""The preview of packs with faults: what was found stands beside what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.web.drafts import TOPIC, edit, previewing, questions


@pytest.fixture
def preview(content: Path) -> Iterator[TestClient]:
    """The preview of the example pack."""
    with previewing(content.parent) as client:
        yield client


def test_a_broken_question_shows_its_findings_above_what_it_was(
    preview: TestClient, content: Path
) -> None:
    questions(preview)
    edit(content / "example-pack.md", "- [x] `[1, 2]`", "- [ ] `[1, 2]`")
    broken = questions(preview)
    edit(content / "example-pack.md", "- [ ] `[1, 2]`", "- [x] `[1, 2]`")
    mended = questions(preview)

    assert "no option is ticked" in broken["default-list"]
    assert 'data-stale="true"' in broken["default-list"]
    assert "Both calls share the one list" in broken["default-list"]
    assert [key for key, html in broken.items() if "data-stale" in html] == ["default-list"]
    assert [key for key, html in mended.items() if "data-stale" in html] == []


def test_a_question_broken_from_the_start_shows_its_findings_alone(content: Path) -> None:
    edit(content / "example-pack.md", "- [x] `[1, 2]`", "- [ ] `[1, 2]`")

    with previewing(content) as client:
        html = questions(client)["default-list"]

    assert "no option is ticked" in html
    assert "<form" not in html


def test_what_an_open_fence_swallows_stays_as_it_was(preview: TestClient, content: Path) -> None:
    before = questions(preview)
    edit(content / "example-pack.md", "add(1)\nprint(add(2))\n```", "add(1)\nprint(add(2))")

    after = questions(preview)

    assert list(after) == list(before)
    assert "E115" in after["default-list"]
    assert [key for key, html in after.items() if "data-stale" in html] == list(before)[:2]


def test_a_question_taken_away_is_gone(preview: TestClient, content: Path) -> None:
    questions(preview)
    text = (content / "example-pack.md").read_text()
    (content / "example-pack.md").write_text(text[: text.rindex("\n## ")])

    assert len(questions(preview)) == 12


def test_findings_of_the_front_matter_stand_at_the_top(preview: TestClient, content: Path) -> None:
    edit(content / "example-pack.md", "\nlanguage: en", "\nlangauge: en")

    page = preview.get(TOPIC).text

    assert page.index("unknown key &#39;langauge&#39;") < page.index('class="rehearsal"')


def test_a_topic_in_a_file_that_cannot_be_read_stays_as_it_was(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "pack.md").write_text("---\nformat: quizpack/1\nid: two\ntitle: Two\n---\n")
    for name in ("first", "second"):
        (pack / f"{name}.md").write_text(
            f"# Topic {name}\n<!-- id: {name} -->\n\n## Is it {name}?\n<!-- id: is-{name} -->\n\n"
            "- [x] True\n- [ ] False\n"
        )
    with previewing(tmp_path) as client:
        questions(client, "/packs/pack/topics/second")
        (pack / "second.md").write_bytes(b"# Topic \xff\n")
        index = client.get("/").text
        topic = client.get("/packs/pack/topics/second").text

    assert "cannot be read now" in index
    assert "byte 0xff is not UTF-8" in topic
    assert "Is it second?" in topic
    assert 'data-stale="true"' in topic


def test_an_id_that_another_pack_has_is_told(tmp_path: Path, content: Path) -> None:
    (tmp_path / "content" / "other.md").write_text((content / "example-pack.md").read_text())

    with previewing(tmp_path / "content") as client:
        assert "the id &#39;python-basics&#39; is the one of" in client.get("/").text


def test_a_path_that_went_away_is_told_and_seen_again(content: Path) -> None:
    pack = content / "example-pack.md"
    text = pack.read_text()
    with previewing(pack) as client:
        pack.unlink()
        gone = client.get("/")
        pack.write_text(text)
        back = client.get("/")

    assert gone.status_code == 404
    assert "There is no file or folder" in gone.text
    assert "Python basics" in back.text
