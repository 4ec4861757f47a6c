"""A class at work: the page is true at each load, and word comes when there is something new."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from quiz.core.live import AT_WORK
from quiz.core.people import Person
from quiz.teaching import live
from tests.answering import start
from tests.browsing import Browser
from tests.conftest import Clock
from tests.staff import CLASS, enrol, sign_in

LIVE = f"/classes/{CLASS}/live"


@pytest.fixture
def ada(client: TestClient, config: Settings) -> Person:
    return sign_in(client, config)


@pytest.fixture(autouse=True)
def one_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream of one look: what follows is the same again."""
    monkeypatch.setattr(live, "STEPS", 1)


def flat(text: str) -> str:
    return " ".join(text.split())


def join(browser: Browser, config: Settings, ada: Person, name: str = "Grace") -> None:
    """Let a new learner join before they begin a round in the class."""
    start(browser)
    enrol(config, ada, name)


def test_a_learner_in_a_round_is_seen_where_they_are(
    browser: Browser, config: Settings, ada: Person
) -> None:
    join(browser, config, ada)
    card = start(browser)
    browser.submit(browser.submit(card, "I don’t know"), "Continue")

    page = browser.get(LIVE)

    assert "1 of 1 learner did something within half an hour" in flat(page.text)
    assert "1 of 18 answered" in page.text or " answered" in page.text
    assert "Grace" in page.text


def test_who_did_nothing_for_long_is_not_at_work(
    browser: Browser, config: Settings, ada: Person, clock: Clock
) -> None:
    join(browser, config, ada)
    start(browser)
    clock.now += AT_WORK
    assert "Grace" in browser.get(LIVE).text
    clock.forward(seconds=1)

    assert "Grace" not in browser.get(LIVE).text


def test_a_round_begun_before_joining_stays_unseen(
    browser: Browser, config: Settings, ada: Person, clock: Clock
) -> None:
    browser.submit(start(browser), "I don’t know")
    clock.forward(seconds=1)
    enrol(config, ada, "Grace", joined_at=clock.now)

    assert "Nobody is in a round just now." in browser.get(LIVE).text


def test_a_question_that_most_get_wrong_is_named(
    client: TestClient, browser: Browser, config: Settings, ada: Person
) -> None:
    for name in ("Grace", "Alan", "Edsger"):
        client.cookies.delete("sid")
        join(browser, config, ada, name)
        browser.submit(start(browser), "I don’t know")

    page = browser.get(LIVE)

    assert "0 of 3 right" in page.text


def test_word_comes_when_somebody_went_on_and_not_again(
    client: TestClient, browser: Browser, config: Settings, ada: Person
) -> None:
    join(browser, config, ada)
    card = start(browser)

    first = client.get(f"{LIVE}/news")
    seen = first.text.split("id: ")[1].split("\n")[0]
    again = client.get(f"{LIVE}/news", headers={"Last-Event-ID": seen})
    browser.submit(card, "I don’t know")
    after = client.get(f"{LIVE}/news", headers={"Last-Event-ID": seen})

    assert first.headers["content-type"].startswith("text/event-stream")
    assert ("data: changed" in first.text, "data:" in again.text) == (True, False)
    assert "data: changed" in after.text


def test_the_stream_of_anothers_class_is_not_found(
    client: TestClient, browser: Browser, config: Settings, ada: Person
) -> None:
    join(browser, config, ada)
    sign_in(client, config, name="Bob")

    another, none = client.get(f"{LIVE}/news"), client.get("/classes/none/live/news")

    assert (another.status_code, another.content) == (404, none.content)
