"""How questions do in a class: on its pages, and the same numbers everywhere."""

from __future__ import annotations

import json
import re

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from quiz.cli import app
from quiz.config import Settings
from quiz.core.people import Person
from tests.answering import give, samples, start
from tests.browsing import Browser, Page
from tests.conftest import stored
from tests.staff import CLASS, enrol, sign_in

ITEMS = f"/classes/{CLASS}/items"


@pytest.fixture
def ada(client: TestClient, config: Settings) -> Person:
    return sign_in(client, config)


def answer_all(browser: Browser, config: Settings, wrong_every: int) -> None:
    """Answer every question of the pack, wrong at each so many."""
    page, number = start(browser), 0
    while page.can("Check"):
        number += 1
        found = samples(config, page)
        after = give(browser, page, found.right if number % wrong_every else found.wrong)
        page = browser.submit(after, "Continue" if after.can("Continue") else "summary")


@pytest.fixture
def answered(client: TestClient, browser: Browser, config: Settings, ada: Person) -> None:
    """A class of three who answered a round of every kind."""
    for wrong_every in (2, 3, 5):
        client.cookies.delete("sid", domain="127.0.0.1")
        answer_all(browser, config, wrong_every)
        enrol(config, ada, f"Learner {wrong_every}")


def cells(page: Page, name: str) -> list[str]:
    found = re.search(rf"{name}</a></th>(.*?)</tr>", page.html, re.DOTALL)
    assert found, name
    return [
        " ".join(re.sub(r"<[^>]+>", "", cell).split())
        for cell in re.findall(r"<td[^>]*>(.*?)</td>", found[1], re.DOTALL)
    ]


@pytest.mark.usefixtures("answered")
def test_few_answers_are_counted_and_their_indices_held_back(browser: Browser) -> None:
    page = browser.get(ITEMS)
    for query in ("sort=facility", "sort=-n", "flagged=1", "mode=exam", "mode=x&sort=x"):
        assert browser.get(f"{ITEMS}?{query}&pack=python-basics").status == 200

    assert "Scores of 3 learners" in page.text
    assert page.text.count("needs 10 answers") >= 18
    assert "What the numbers and flags mean" in page.text


@pytest.mark.usefixtures("answered")
def test_the_page_the_files_and_quiz_stats_say_the_same(
    browser: Browser, config: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZ_DATABASE_URL", config.database_url)
    words = ["stats", "python-basics", "--class", CLASS, "--format", "json"]
    said = json.loads(CliRunner().invoke(app, words).stdout)[0]
    items = said["items"]

    page = browser.get(ITEMS)

    assert len(items) >= 11
    for name, rows in (("items", items), ("options", said["options"])):
        file = browser.client.get(f"/classes/{CLASS}/exports/{name}.ndjson").text
        assert [json.loads(line) for line in file.splitlines()] == rows
    for item in items:
        name = f'/questions/python-basics/{item["question_id"]}">.*?'
        n, facility = cells(page, name)[:2]
        assert (int(n), facility) == (item["n"], f"{item['facility']:.2f}")


@pytest.mark.usefixtures("answered")
def test_a_question_shows_its_numbers_with_definitions_and_its_options(
    browser: Browser, config: Settings
) -> None:
    query = "SELECT DISTINCT question_id FROM revisions WHERE kind = 'single'"
    question = stored(config, query)[0][0]

    page = browser.get(f"/classes/{CLASS}/questions/python-basics/{question}")

    assert "The mean score on the question" in page.text
    assert "Options of revision" in page.text
    assert "✔ right" in page.text


def test_a_class_that_answered_nothing_has_no_numbers(
    browser: Browser, config: Settings, ada: Person
) -> None:
    start(browser)
    enrol(config, ada, "Grace")

    assert "Nobody here has answered yet." in browser.get(ITEMS).text
