"""What the tests in a browser do with cards, and what every page must be."""

from __future__ import annotations

import sqlite3

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from quiz.config import Settings
from quiz.core.kinds import Samples
from tests.answering import look_at

ALL = 13


def start(page: Page) -> None:
    page.goto("/packs/python-basics")
    page.get_by_role("button", name="13 questions").click()
    expect(page.locator("#check")).to_be_visible()
    rest(page)


def rest(page: Page) -> None:
    """Let the 150 ms pass in which keys rest after a swap, so that none carries over."""
    page.clock.fast_forward(200)


def attempts(config: Settings) -> int:
    connection = sqlite3.connect(config.data / "quiz.db")
    found: int = connection.execute("SELECT count(*) FROM attempts").fetchone()[0]
    connection.close()
    return found


def samples(page: Page, config: Settings) -> tuple[str, Samples]:
    wording, seed = look_at(config, page.url)
    return wording.body.name, wording.body.samples(seed)


def go_on(page: Page) -> None:
    page.locator("#unknown").click()
    expect(page.locator("#verdict")).to_be_focused()
    page.locator("#continue").click()


def no_barrier(page: Page) -> None:
    """Fail where a page is wider than its screen, or keeps somebody out.

    What is in order is not told: most of the time of an analysis goes into telling it.
    """
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
