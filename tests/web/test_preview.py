"""The preview over HTTP: each question before and after, beside what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from quiz.kinds import kinds
from quiz.packs.loader import load_pack
from quiz.web.preview.shelf import Shelf
from tests.browsing import Page
from tests.web.drafts import TOPIC, edit, previewing, questions

IDS = re.compile(r'\s(id|for|aria-labelledby|aria-describedby)="([^"]+)"')


@pytest.fixture
def preview(content: Path) -> Iterator[TestClient]:
    """The preview of the example pack."""
    with previewing(content.parent) as client:
        yield client


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_kind_is_shown_before_and_after_a_right_and_a_wrong_answer(
    preview: TestClient, content: Path
) -> None:
    pack = load_pack(content / "example-pack.md").draft
    shown = questions(preview)

    assert {q.wording.body.name for q in pack.questions} == set(kinds())
    assert list(shown) == [question.id for question in pack.questions]
    for question in pack.questions:
        html, kind = shown[question.id], question.wording.body.name
        outcomes = re.findall(r'class="verdict" data-outcome="(\w+)"', html)
        assert f"<dd>{kind}</dd>" in html
        assert html.count('<form class="answer" method="dialog"') == 1
        assert outcomes in (["right", "wrong"], ["right", "partial"], ["self_graded"] * 2), kind
        assert html.count('class="hint"') == len(question.commentary.hints)
        assert html.count('class="explanation prose"') == 2 * bool(question.commentary.explanation)


def test_a_question_stands_beside_its_id_level_objective_and_beliefs(preview: TestClient) -> None:
    html = questions(preview)["default-list"]

    assert "<code>default-list</code>" in html
    assert "<dd>trace</dd>" in html
    assert "Predict what a mutable default value holds" in html
    assert "A default value is evaluated anew at every call." in html
    assert re.search(r"example-pack\.md:\d+", html)


def test_a_question_says_by_what_its_answer_can_be_guessed(
    preview: TestClient, content: Path
) -> None:
    guessed = re.compile(r"<dt>Guessed by</dt><dd>[^<]*\blongest\b")
    before = questions(preview)["default-list"]
    edit(content / "example-pack.md", "- [ ] `[2]`", "- [ ] `[2]`, which is now the longest")

    after = questions(preview)["default-list"]

    assert guessed.search(before)
    assert not guessed.search(after)


def test_no_id_comes_twice_and_every_label_belongs_to_its_own_card(preview: TestClient) -> None:
    found = IDS.findall(preview.get(TOPIC).text)
    ids = [value for name, value in found if name == "id"]
    named = {id for name, value in found if name != "id" for id in value.split()}

    assert len(ids) == len(set(ids))
    assert named - set(ids) == set()


def test_no_form_leads_anywhere(preview: TestClient) -> None:
    page = Page(TOPIC, 200, preview.get(TOPIC).text)

    assert {form.method for form in page.forms} == {"dialog"}
    assert "action=" not in page.html
    assert preview.post(TOPIC).status_code == 405


def test_the_index_counts_questions_and_findings(preview: TestClient, content: Path) -> None:
    edit(content / "example-pack.md", "- [x] `[1, 2]`", "- [ ] `[1, 2]`")

    page = preview.get("/")

    assert "Python basics" in page.text
    assert re.search(r"13 questions · .*1 error<", page.text)


def test_an_edit_is_seen_at_the_next_look(preview: TestClient, content: Path) -> None:
    before = questions(preview)["default-list"]
    edit(content / "example-pack.md", "is evaluated **once**", "is evaluated one time")

    after = questions(preview)["default-list"]

    assert "evaluated one time" in after
    assert "evaluated one time" not in before


def test_only_the_pack_that_changed_is_read_again(tmp_path: Path, content: Path) -> None:
    other = tmp_path / "content" / "other.md"
    other.write_text((content / "example-pack.md").read_text().replace("id: python", "id: other"))
    shelf = Shelf([tmp_path / "content"])
    first = [pack.topics[0].entries[0].question for pack in shelf.packs()]
    other.write_text(other.read_text() + "\n")

    again = [pack.topics[0].entries[0].question for pack in shelf.packs()]

    assert [before is after for before, after in zip(first, again, strict=True)] == [True, False]


def test_looking_leaves_no_trace(preview: TestClient, tmp_path: Path) -> None:
    before = files(tmp_path)

    questions(preview)

    assert files(tmp_path) == before


def test_a_picture_of_the_pack_is_shown(preview: TestClient, content: Path) -> None:
    (content / "dot.png").write_bytes(b"\x89PNG")
    edit(content / "example-pack.md", "```python run", "![A dot](dot.png)\n\n```python run")

    address = re.findall(r'<img src="([^"]+)"', preview.get(TOPIC).text)

    assert preview.get(address[0]).content == b"\x89PNG"
    assert preview.get(address[0]).headers["content-type"] == "image/png"


@pytest.mark.parametrize("path", ["/nowhere", "/packs/none/topics/names", f"{TOPIC}-no"])
def test_a_page_that_is_not_there_is_a_sentence(preview: TestClient, path: str) -> None:
    response = preview.get(path)

    assert response.status_code == 404
    assert "There is no" in response.text


def test_drafts_are_shown_under_names_of_this_computer_alone(preview: TestClient) -> None:
    assert preview.get("/", headers={"Host": "drafts.example.org"}).status_code == 400
