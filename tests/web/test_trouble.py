"""What people read when something is in the way: too long, too busy, gone, at another address."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient
from starlette.types import Message

from quiz.config import Settings, settings
from quiz.core.fields import MAX_TEXT
from quiz.storage.recorder import Recorder
from quiz.web.app import create_app
from quiz.web.services import Services
from tests.answering import samples, start, walk_to
from tests.browsing import Browser
from tests.conftest import publish
from tests.storage.made import ATTEMPT

HTMX = {"HX-Request-Type": "partial"}
FIELDS = {"pack": "python-basics", "size": "5", "mode": "practice"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


def attempts(config: Settings) -> int:
    with closing(sqlite3.connect(config.data / "quiz.db")) as connection:
        found: int = connection.execute("SELECT count(*) FROM attempts").fetchone()[0]
    return found


def message_of(html: str) -> str:
    found = re.search(r"<p data-message>([^<]+)</p>", html)
    assert found, html
    return found[1]


@pytest.mark.parametrize("length_is_told", [True, False])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_request_that_is_too_long_says_what_is_allowed(
    client: TestClient, headers: dict[str, str], length_is_told: bool
) -> None:
    body = b"answer=" + b"x" * 200_000
    sent = body if length_is_told else iter([body])

    response = client.post("/rounds/x/cards/1", content=sent, headers=FORM | headers)

    assert response.status_code == 413
    assert "a field may hold 5,000 characters" in message_of(response.text)
    assert ("<html" in response.text) == (not headers)
    assert "content-security-policy" in response.headers


def test_an_answer_may_be_as_long_as_its_field_lets_it_be_and_no_longer(
    browser: Browser, config: Settings
) -> None:
    card = walk_to(browser, config, "recall")
    before = attempts(config)
    lines = "ä\r\n" * (MAX_TEXT // 2)
    long = browser.submit(card, "Check", {"words": [lines + "ä"]})

    assert long.status == 400
    assert message_of(long.html) == (
        "The field “words” has 5,001 characters and was not saved: 5,000 are allowed. "
        "Shorten it and try again."
    )
    assert attempts(config) == before
    assert browser.submit(card, "Check", {"words": [lines]}).can("I had it")


@pytest.mark.parametrize("kind", ["text", "number", "cloze", "predict", "recall"])
def test_a_field_ends_where_the_server_does(browser: Browser, config: Settings, kind: str) -> None:
    html = walk_to(browser, config, kind).html
    fields = re.findall(r'<textarea[^>]*>|<input type="text"[^>]*>', html)

    assert fields
    assert all(f'maxlength="{MAX_TEXT}"' in field for field in fields)


def test_a_host_that_is_not_ours_is_told_how_it_can_become_ours(client: TestClient) -> None:
    response = client.get("/", headers={"Host": "192.168.1.7:8000"})

    assert response.status_code == 400
    assert "QUIZ_ALLOWED_HOSTS" in response.text
    assert "content-security-policy" in response.headers


@pytest.fixture
def prefixed(config: Settings) -> Iterator[TestClient]:
    """An app that learners reach at https://example.org/quiz."""
    publish(config)
    more = {"QUIZ_BASE_URL": "https://example.org/quiz", "QUIZ_DATA": str(config.data)}
    with TestClient(create_app(settings(more)), base_url="https://example.org") as client:
        yield client


@pytest.mark.parametrize("passed_on", ["/quiz", ""])
def test_under_the_path_of_the_base_url_every_link_leads_on(
    prefixed: TestClient, passed_on: str
) -> None:
    origin = {"Origin": "https://example.org"}
    home = prefixed.get(passed_on + "/")
    started = prefixed.post(
        f"{passed_on}/rounds", data=FIELDS, headers=origin, follow_redirects=False
    )
    links = re.findall(r'(?:href|src|action)="([^"#]+)"', home.text)

    assert links
    assert all(link.startswith("/quiz/") for link in links)
    assert {prefixed.get(link).status_code for link in links if "static" in link} == {200}
    assert started.headers["location"].startswith("/quiz/rounds/")
    assert prefixed.get(started.headers["location"]).status_code == 200


def test_a_word_that_begins_like_the_prefix_is_no_prefix(prefixed: TestClient) -> None:
    assert prefixed.get("/quiz").status_code == 200
    assert prefixed.get("/quizpacks").status_code == 404


def test_a_static_file_that_is_not_there_has_a_page_whose_links_lead_on(
    client: TestClient, prefixed: TestClient
) -> None:
    for browser in (client, prefixed):
        version = re.search(r"/[\w/]*static/\w+/", browser.get("/").text)
        assert version
        page = browser.get(f"{version[0]}css/none.css")

        assert page.status_code == 404
        links = re.findall(r'(?:href|src)="([^"#]+)"', page.text)
        assert {browser.get(link).status_code for link in links} == {200}


def test_a_sender_who_leaves_early_is_no_fault(client: TestClient) -> None:
    messages: list[Message] = [{"type": "http.request", "body": b"pa", "more_body": True}]

    async def receive() -> Message:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        pass

    headers = [(b"host", b"127.0.0.1"), (b"content-type", FORM["content-type"].encode())]
    scope = {
        "type": "http",
        "method": "POST",
        "scheme": "http",
        "path": "/rounds",
        "query_string": b"",
        "headers": headers,
        "state": dict(client.app_state),
    }
    assert client.portal
    client.portal.call(create_app(), scope, receive, send)

    assert messages == []


def test_a_race_that_nobody_foresaw_is_a_conflict_and_nothing_is_kept(
    client: TestClient, browser: Browser, config: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    card = start(browser)
    with closing(sqlite3.connect(config.data / "quiz.db")) as connection:
        connection.execute(
            "CREATE TRIGGER first BEFORE INSERT ON attempts "
            "BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed'); END"
        )
    response = client.post(card.address, data={"unknown": "1"})

    assert response.status_code == 409
    assert "at the same moment, so nothing was saved. Try again." in message_of(response.text)
    assert attempts(config) == 0
    assert caplog.messages == ["The database refused a request: UNIQUE constraint failed"]


def test_a_database_that_stays_busy_is_a_503_that_says_when_to_come_back(
    client: TestClient, config: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    database = client.app_state["services"].desk.database

    async def wait_less() -> None:
        async with database.write.begin() as connection:
            await connection.execute(text("PRAGMA busy_timeout=1"))

    assert client.portal
    client.portal.call(wait_less)
    with closing(sqlite3.connect(config.data / "quiz.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        busy = client.post("/rounds", data=FIELDS)
        read = client.get("/")
        ready = client.get("/readyz")
        other.execute("ROLLBACK")

    assert (busy.status_code, busy.headers["retry-after"]) == (503, "2")
    assert "so nothing was saved" in message_of(busy.text)
    assert read.status_code == 200
    assert (ready.status_code, ready.text) == (503, "The database is busy, full or gone.\n")
    assert client.get("/readyz").text == "ok\n"
    assert client.post("/rounds", data=FIELDS).status_code == 200
    assert caplog.messages == ["The database refused a request: database is locked"]


def test_who_answers_when_too_many_do_is_asked_to_come_again(
    client: TestClient, browser: Browser, config: Settings
) -> None:
    card = walk_to(browser, config, "single")
    before = attempts(config)
    app: Services = client.app_state["services"]
    full = Recorder(app.desk.database.writing, capacity=1)
    assert client.portal
    waiting = client.portal.start_task_soon(full.record, ATTEMPT)  # nobody runs this recorder
    client.app_state["services"] = replace(app, desk=replace(app.desk, recorder=full))

    response = client.post(card.address, data=dict(samples(config, card).right))
    waiting.cancel()

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "2"
    assert "Too many answers came at once" in message_of(response.text)
    assert attempts(config) == before


def test_a_disk_that_is_nearly_full_is_told_to_who_watches_and_learners_go_on(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    nearly_full = shutil.disk_usage("/")._replace(free=99_999_999)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: nearly_full)

    ready = client.get("/readyz")

    assert ready.status_code == 503
    assert ready.text.startswith("The disk of the database has 99 MB left, less than 100 MB: free")
    assert client.get("/healthz").text == "ok\n"
    assert client.post("/rounds", data=FIELDS).status_code == 200
