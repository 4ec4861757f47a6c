"""A learner reads what became of the reports they sent."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from tests.answering import start
from tests.browsing import Browser
from tests.conftest import publish, stored
from tests.web.test_reports import inbox, send


def reword(config: Settings) -> None:
    """Publish every question that was reported with more to read."""
    for (question,) in stored(config, "SELECT question_id FROM reports"):
        for file in (config.content / "example").glob("*.md"):
            mark, text = re.compile(rf"(<!-- id: {question}\b[^>]*-->\n)"), file.read_text()
            file.write_text(mark.sub(r"\1\nRead with care.\n", text))
    publish(config)


@pytest.mark.parametrize(
    ("button", "edited", "told"),
    [
        ("Keep as it is", False, "kept as it is, 25 Nov"),
        ("Fixed in revision", False, "fixed, 25 Nov"),
        ("Fixed in revision", True, "fixed in a new wording, 25 Nov"),
    ],
)
def test_a_learner_reads_on_the_progress_page_what_became_of_a_report(
    browser: Browser, config: Settings, button: str, edited: bool, told: str
) -> None:
    send(browser, start(browser))
    before = browser.get("/progress")
    if edited:
        reword(config)

    browser.submit(inbox(browser, config), button)
    after = " ".join(browser.get("/progress").text.split())

    assert "Your reports" not in before.text
    assert told in after
    assert "You wrote: Option b is right, too: <b>see</b> the docs. Second line" in after


@pytest.mark.every_engine
def test_what_became_of_a_report_is_for_who_sent_it(
    client: TestClient, browser: Browser, config: Settings
) -> None:
    send(browser, start(browser))
    browser.submit(inbox(browser, config), "Keep as it is")
    sender = browser.get("/progress")
    client.cookies.clear()
    nobody = browser.get("/progress")
    start(browser)

    assert "Your reports" in sender.text
    assert "Your reports" not in nobody.text
    assert "Your reports" not in browser.get("/progress").text
