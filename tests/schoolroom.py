"""An instructor with a class, and learners in browsers of their own."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from quiz.config import Settings
from quiz.core.people import Role
from tests.answering import start
from tests.browsing import Browser, Page
from tests.conftest import HOME, stored
from tests.staff import sign_in

CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")


def learner(client: TestClient) -> Browser:
    """Return a browser without cookies that shares the running app of another."""
    fresh = TestClient(client.app, base_url=HOME)
    fresh.app_state.update(client.app_state)
    fresh.portal = client.portal
    return Browser(fresh)


def instructor(client: TestClient, config: Settings, *, name: str = "Ada") -> Browser:
    """Return a browser in which an instructor has signed in."""
    browser = learner(client)
    sign_in(browser.client, config, role=Role.instructor, name=name)
    return browser


def make_class(teacher: Browser, name: str = "Databases") -> Page:
    """Make a class by the form for it and return its page."""
    page = teacher.get("/classes")
    return teacher.submit(page, "Make the class", {"name": [name]})


def code_of(page: Page) -> str:
    """Return the join code that a page shows."""
    found = CODE.search(page.text)
    assert found, page.text
    return found[0]


def join(pupil: Browser, code: str, name: str, *ticks: str) -> Page:
    """Join a class by the form for it; `ticks` are the boxes ticked."""
    page = pupil.get(f"/join/{code}")
    return pupil.submit(page, "Join", {"name": [name], **{tick: ["yes"] for tick in ticks}})


def words(page: Page) -> str:
    """Return the text of a page in one line."""
    return " ".join(page.text.split())


def paste(teacher: Browser, room: Page, text: str) -> Page:
    """Import a roster by the form for it."""
    return teacher.submit(teacher.follow(room, "Roster"), "Import", {"roster": [text]})


def ids(config: Settings) -> dict[str, str]:
    """Return the public ids of lines by name."""
    rows = stored(config, "SELECT name, public_id FROM enrolments")
    return {str(name): str(id) for name, id in rows}


def give_up(pupil: Browser, times: int = 1) -> Page:
    """Answer "I don't know" some times in a new round and return the last page."""
    page = start(pupil)
    for number in range(times):
        page = pupil.submit(page if number == 0 else pupil.submit(page, "Continue"), "I don’t know")
    return page
