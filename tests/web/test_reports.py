"""A learner reports a question and goes on; an author reads it and says what became of it."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from quiz.core.people import Role
from quiz.core.reports import MOST_WAITING
from tests.answering import start, where
from tests.browsing import Browser, Page
from tests.conftest import Clock, publish, stored
from tests.hearing import HEARD, say_at
from tests.staff import sign_in

TROUBLE = "Option b is right, too: <b>see</b> the docs.\nSecond line"


def send(browser: Browser, page: Page, text: str = TROUBLE) -> Page:
    return browser.submit(page, "Send", {"report": [text]})


def inbox(browser: Browser, config: Settings) -> Page:
    sign_in(browser.client, config, role=Role.author)
    return browser.get("/reports")


def test_a_report_before_the_answer_keeps_the_place(browser: Browser, config: Settings) -> None:
    card = start(browser)

    after = send(browser, card)

    assert after.address.split("?")[0] == card.address
    assert after.can("Check")
    assert "Thank you" in after.text
    assert stored(config, "SELECT answered, text, outcome FROM reports") == [(0, TROUBLE, "")]


def test_a_report_after_the_answer_is_marked_so(browser: Browser, config: Settings) -> None:
    answered = browser.submit(start(browser), "I don’t know")

    after = send(browser, answered)

    assert after.can("Continue")
    assert stored(config, "SELECT answered, rev FROM reports") == stored(
        config, "SELECT 1, rev FROM attempts"
    )


def test_htmx_gets_the_thanks_alone(browser: Browser) -> None:
    round_id, position = where(start(browser))

    address = f"/rounds/{round_id}/cards/{position}/report"
    answer = browser.client.post(
        address, data={"report": "Wrong"}, headers={"HX-Request-Type": "partial"}
    )

    assert answer.text.startswith("<details")
    assert "Thank you" in answer.text


def test_an_empty_report_is_refused_beside_its_field(browser: Browser, config: Settings) -> None:
    after = send(browser, start(browser), "  ")

    assert after.status == 422
    assert "in a few words" in after.text
    assert after.can("Check")
    assert stored(config, "SELECT * FROM reports") == []


def test_one_learner_cannot_fill_the_inbox(browser: Browser, config: Settings) -> None:
    card = start(browser)
    for _ in range(MOST_WAITING):
        send(browser, card)

    after = send(browser, card)

    assert after.status == 422
    assert len(stored(config, "SELECT id FROM reports")) == MOST_WAITING


def test_nobody_reports_from_the_round_of_somebody_else(
    client: TestClient, browser: Browser, config: Settings
) -> None:
    round_id, position = where(start(browser))
    client.cookies.clear()

    address = f"/rounds/{round_id}/cards/{position}/report"
    answer = client.post(address, data={"report": "Wrong"})

    assert answer.status_code == 404
    assert stored(config, "SELECT * FROM reports") == []


def test_an_author_reads_what_was_said_as_text_beside_the_wording(
    browser: Browser, config: Settings
) -> None:
    send(browser, start(browser))

    page = inbox(browser, config)

    assert "1 report from learners waits for you" in page.text
    assert "Option b is right, too: <b>see</b> the docs." in page.text
    assert "before answering" in page.text
    [(rev,)] = stored(config, "SELECT rev FROM reports")
    assert f"(revision {rev})" in page.text


def test_a_report_is_closed_with_what_became_of_it_and_opened_again(
    browser: Browser, config: Settings, clock: Clock
) -> None:
    send(browser, start(browser))
    page = inbox(browser, config)
    [(rev,)] = stored(config, "SELECT rev FROM reports")

    closed = browser.submit(page, f"Fixed in revision {rev}")
    assert "Nothing waits" in closed.text
    assert f"Fixed in revision {rev}, 25 Nov, by Ada." in " ".join(closed.text.split())
    opened = browser.submit(closed, "Open again")
    kept = browser.submit(opened, "Keep as it is")

    assert "Kept as it is, 25 Nov, by Ada." in " ".join(kept.text.split())
    assert stored(config, "SELECT outcome, fixed_rev FROM reports") == [("kept", None)]


def test_a_question_that_was_changed_or_retired_since_is_said_so(
    browser: Browser, config: Settings
) -> None:
    card = start(browser)
    send(browser, card)
    [(question,)] = stored(config, "SELECT question_id FROM reports")
    files = list((config.content / "example").glob("*.md"))
    for file in files:
        text = file.read_text()
        file.write_text(text.replace(f"id: {question}", f"id: {question}-2; was: {question}"))

    publish(config)

    assert f"(now {question}-2)" in inbox(browser, config).text


@pytest.mark.parametrize("outcome", ["lost", "Fixed"])
def test_an_outcome_that_is_none_changes_nothing(
    client: TestClient, browser: Browser, config: Settings, outcome: str
) -> None:
    send(browser, start(browser))
    sign_in(client, config, role=Role.author)
    [(public_id,)] = stored(config, "SELECT public_id FROM reports")

    assert client.post(f"/reports/{public_id}", data={"outcome": outcome}).status_code == 404
    assert client.post("/reports/none", data={"outcome": "fixed"}).status_code == 404
    assert stored(config, "SELECT outcome FROM reports") == [("",)]


def test_a_report_stands_beside_how_its_question_does(browser: Browser, config: Settings) -> None:
    browser.submit(send(browser, start(browser)), "I don’t know")

    text = " ".join(inbox(browser, config).text.split())

    assert "Learners now: answers 1, facility 0.00" in text
    assert "The mean score on the question" in text


@pytest.mark.every_engine
def test_the_inbox_can_be_that_of_one_pack_and_stays_so_when_a_report_is_closed(
    browser: Browser, config: Settings
) -> None:
    (config.content / "heard.md").write_text(HEARD)
    publish(config)
    send(browser, start(browser), "About Python")
    say_at(config.database_url, "reported", "About loops", learner_id=None)

    both = inbox(browser, config)
    one = browser.get("/reports?pack=pack")
    closed = browser.submit(one, "Keep as it is")

    assert "2 reports from learners wait" in both.text
    assert "A pack (1)" in both.text
    assert "1 report from learners waits" in one.text
    assert ("About loops" in one.text, "About Python" in one.text) == (True, False)
    assert closed.address.endswith("/reports?pack=pack")
    assert "Nothing waits" in closed.text
    assert "About Python" not in closed.text
    assert "1 report from learners waits" in browser.get("/reports?pack=none").text


def test_while_answers_are_counted_the_reports_can_be_read(
    client: TestClient, browser: Browser, config: Settings
) -> None:
    send(browser, start(browser))
    client.app_state["services"].analyst.patience_s = 0

    seen = inbox(browser, config)

    assert "being counted" in seen.text
    assert "Option b is right, too" in seen.text
