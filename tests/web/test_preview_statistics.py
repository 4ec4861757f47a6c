"""The preview with what comes back from learners beside each question."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import escape
from starlette.testclient import TestClient
from typer.testing import CliRunner

from quiz.cli import app as cli
from quiz.cli.hearing import listening_at
from quiz.core.definitions import DEFINITIONS, FLAGS
from quiz.core.hearing import COUNTING
from quiz.web.preview.app import create_preview
from quiz.web.preview.news import News
from quiz.web.preview.shelf import Shelf
from tests.hearing import heard_files, run_in, say_at
from tests.web.drafts import edit, previewing, questions

TOPIC = "/packs/heard/topics/loops"
LOOKS = 100
"""Looks after which counting twenty learners counts as broken; each waits for it a moment."""


@pytest.fixture
def heard(tmp_path: Path) -> tuple[Path, str]:
    """The pack that was answered, and the database it was answered in."""
    return heard_files(tmp_path)


@pytest.fixture
def preview(heard: tuple[Path, str]) -> Iterator[TestClient]:
    with listening(*heard) as client:
        yield client


def listening(pack: Path, url: str) -> TestClient:
    app = create_preview(Shelf([pack]), News(), listening_at(url))
    return TestClient(app, base_url="http://127.0.0.1:8001")


def shown(client: TestClient) -> dict[str, str]:
    """Return what stands beside each question as text, by its id, once it is counted."""
    looks = (questions(client, TOPIC) for _ in range(LOOKS))
    found = next(look for look in looks if COUNTING not in "".join(look.values()))
    return {id: said(html) for id, html in found.items()}


def said(html: str) -> str:
    _, _, rest = html.partition('<div class="heard"')
    return " ".join(re.sub(r"<[^>]+>", "", rest.partition('<div class="sides"')[0]).split())


def test_the_numbers_stand_beside_each_question_with_their_definitions(
    preview: TestClient, heard: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZ_DATABASE_URL", heard[1])
    words = ["check", str(heard[0]), "--with-statistics", "--format", "json"]
    checked = json.loads(CliRunner().invoke(cli, words).stdout)["statistics"][0]["questions"]
    found = shown(preview)

    row = next(row for row in checked if row["question_id"] == "flagged")
    assert f"answers {row['n']} " in found["flagged"]
    assert f"facility {row['facility']:.2f} " in found["flagged"]
    assert f"discrimination {row['discrimination_index']:.0f} " in found["flagged"]
    assert "Hardly chosenThe third option." in found["flagged"]
    assert f"dead-distractor{FLAGS['dead-distractor']}" in found["flagged"]
    assert "needs 10 answers" in found["reported"]
    assert "withdrawn from scoring" in found["void"]
    assert escape(DEFINITIONS["discrimination_index"].sentence) in preview.get(TOPIC).text


def test_reports_that_wait_are_read_as_text_beside_the_wording_they_are_of(
    preview: TestClient, heard: tuple[Path, str]
) -> None:
    pack, url = heard
    say_at(url, "reported", "Option <b>b</b>, too", rev="0123456789ab")

    html = questions(preview, TOPIC)["reported"]
    before = shown(preview)["reported"]
    edit(pack, "## Reported?", "## Reported?\n\nOr not?")
    edit(pack, "\n\nOr not?\n<!-- id: reported -->", "\n<!-- id: reported -->\n\nOr not?")
    after = shown(preview)["reported"]

    assert "Option &lt;b&gt;b&lt;/b&gt;, too" in html
    assert "Both are right. Reported 1 Nov, of this wording (" in before
    assert "too Reported 1 Nov, of an earlier wording (0123456789ab)" in before
    assert "It was unclear." not in before
    assert "published in another wording" in after
    assert "of this wording" not in after


def test_a_new_report_is_there_at_the_next_look(
    preview: TestClient, heard: tuple[Path, str]
) -> None:
    before = shown(preview)["quiet"]
    say_at(heard[1], "quiet", "Too quiet.")

    assert "Too quiet." not in before
    assert "Too quiet." in shown(preview)["quiet"]


def test_without_the_switch_nothing_is_shown_of_learners(heard: tuple[Path, str]) -> None:
    with previewing(heard[0]) as client:
        page = client.get(TOPIC).text

    assert "From learners" not in page
    assert "discrimination" not in page


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: pack", "id: other", "the pack is not published"),
        ("id: pack\n", "", "the pack has no id that can be read"),
    ],
)
def test_a_pack_that_is_not_known_says_so_once_and_is_shown(
    preview: TestClient, heard: tuple[Path, str], old: str, new: str, said: str
) -> None:
    edit(heard[0], old, new)

    page = preview.get(TOPIC).text

    assert page.count(f"Nothing is known of learners: {said}.") == 1
    assert "Flagged?" in page
    assert 'class="heard"' not in page


def test_a_database_that_goes_away_takes_no_question_along(
    preview: TestClient, heard: tuple[Path, str]
) -> None:
    run_in(heard[1], "ALTER TABLE reports RENAME TO gone")

    page = preview.get(TOPIC)

    assert page.status_code == 200
    assert "Nothing is known of learners now. The database " in page.text
    assert "Flagged?" in page.text
