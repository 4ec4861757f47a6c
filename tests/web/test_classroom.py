"""What an instructor sees of a class, and what stays with the learner."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from quiz.core.people import Person
from tests.answering import give, samples, start
from tests.browsing import Browser, Page
from tests.conftest import Clock, change, stored
from tests.staff import CLASS, enrol, sign_in


def flat(page: Page) -> str:
    return " ".join(page.text.split())


def answer(browser: Browser, config: Settings, *kinds: str) -> None:
    """Begin a round and answer its first cards `right`, `wrong` or `unknown`."""
    page = start(browser)
    for kind in kinds:
        if not page.can("Check"):
            return
        if kind == "unknown":
            after = browser.submit(page, "I don’t know")
        else:
            found = samples(config, page)
            after = give(browser, page, found.right if kind == "right" else found.wrong)
        page = browser.submit(after, "Continue" if after.can("Continue") else "summary")


@pytest.fixture
def ada(client: TestClient, config: Settings) -> Person:
    return sign_in(client, config)


def row(page: Page, name: str) -> list[str]:
    """Return the cells of the row that begins with a name."""
    found = re.search(
        rf"<tr[^>]*>\s*<th scope=\"row\"[^>]*>(?:<a[^>]*>)?{name}.*?</tr>", page.html, re.DOTALL
    )
    assert found, name
    cells = re.findall(r"<td[^>]*>(.*?)</td>", found[0], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", cell).split()) for cell in cells]


def test_the_heat_table_counts_first_tries_by_topic(
    browser: Browser, config: Settings, ada: Person
) -> None:
    answer(browser, config, "right", "wrong", "unknown")
    enrol(config, ada, "Grace")

    page = browser.get(f"/classes/{CLASS}")

    assert row(page, "Grace")[1:3] == ["3", "1/3"]
    assert "1 learner; 1 answered within a day, 1 within a week." in flat(page)


def test_what_was_answered_before_joining_and_after_leaving_stays_unseen(
    browser: Browser, config: Settings, ada: Person, clock: Clock
) -> None:
    answer(browser, config, "right")
    clock.forward(hours=1)
    enrol(config, ada, "Grace", joined_at=clock.now)
    answer(browser, config, "wrong", "right")
    clock.forward(hours=1)
    change(config, "UPDATE enrolments SET left_at = datetime(since_at, '+1 hour')")
    answer(browser, config, "wrong", "wrong", "wrong")

    page = browser.get(f"/classes/{CLASS}")
    pupil = browser.follow(page, "Grace")

    assert row(page, "Grace")[1:3] == ["2", "1/2"]
    assert "2 answers, the last on 25 Nov; left the class." in flat(pupil)
    assert pupil.html.count('class="outcome"') == 2


def test_a_pupil_shows_answers_as_text_and_beliefs(
    browser: Browser, config: Settings, ada: Person
) -> None:
    answer(browser, config, *["wrong"] * 8, "unknown")
    pupil_id = enrol(config, ada, "<b>Grace</b>")

    page = browser.get(f"/classes/{CLASS}/learners/{pupil_id}")

    assert "<b>Grace</b>" in page.text
    assert "didn’t know" in page.text
    assert "not refuted yet" in page.text
    assert page.html.count('class="outcome"') == 9


def test_beliefs_are_counted_by_learners_and_refuted_by_right_answers(
    browser: Browser, config: Settings, ada: Person
) -> None:
    answer(browser, config, *["wrong"] * 8)
    enrol(config, ada, "Grace")
    held = browser.get(f"/classes/{CLASS}/beliefs")
    answer(browser, config, *["right"] * 19)
    refuted = browser.get(f"/classes/{CLASS}/beliefs")

    assert "Shown by 1 of 1 learner, refuted since by 0." in flat(held)
    assert "Shown by 1 of 1 learner, refuted since by 1." in flat(refuted)


def test_a_question_shows_its_outcomes_its_revision_and_what_to_say(
    browser: Browser, config: Settings, ada: Person
) -> None:
    answer(browser, config, "wrong")
    enrol(config, ada, "Grace")
    [(question, rev)] = stored(config, "SELECT question_id, rev FROM attempts")

    page = browser.get(f"/classes/{CLASS}/questions/python-basics/{question}")

    assert f"{rev} (v1) 1 time, asked now" in flat(page)
    assert "Why" in page.text
    assert row(page, ".*25 Nov 2026") == ["1"]


@pytest.mark.parametrize("sort", ["name", "-last", "answers", "-right", "names", "", "'; DROP"])
def test_the_table_sorts_and_filters_by_its_address(
    browser: Browser, config: Settings, ada: Person, sort: str
) -> None:
    answer(browser, config, "right")
    enrol(config, ada, "Grace")

    page = browser.client.get(f"/classes/{CLASS}", params={"sort": sort, "find": "gRA"})
    nobody = browser.client.get(f"/classes/{CLASS}", params={"sort": sort, "find": "<x>"})

    assert "Grace" in page.text
    assert "Nobody here is called “&lt;x&gt;”." in nobody.text


@pytest.mark.parametrize(
    "path", ["", "/beliefs", "/learners/{pupil}", "/questions/python-basics/{question}"]
)
def test_the_class_of_another_is_not_found_in_the_words_of_one_that_is_none(
    client: TestClient, browser: Browser, config: Settings, ada: Person, path: str
) -> None:
    answer(browser, config, "right")
    pupil = enrol(config, ada, "Grace")
    [(question,)] = stored(config, "SELECT question_id FROM attempts")
    path = path.format(question=question, pupil=pupil)
    assert client.get(f"/classes/{CLASS}{path}").status_code == 200
    sign_in(client, config, name="Bob")

    another, none = client.get(f"/classes/{CLASS}{path}"), client.get(f"/classes/none{path}")

    assert (another.status_code, none.status_code) == (404, 404)
    assert another.content == none.content


def test_what_is_not_in_the_class_is_not_found(
    client: TestClient, browser: Browser, config: Settings, ada: Person
) -> None:
    answer(browser, config, "right")
    pupil = enrol(config, ada, "Grace")

    assert client.get(f"/classes/{CLASS}/learners/none").status_code == 404
    assert client.get(f"/classes/{CLASS}/questions/python-basics/none").status_code == 404
    assert client.get(f"/classes/{CLASS}/learners/{pupil}?before=x9").status_code == 200
