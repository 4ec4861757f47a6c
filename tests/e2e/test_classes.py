"""Pages of classes, of those who teach them and of those who join, on a small screen."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from quiz.config import Settings
from quiz.web.app import create_app
from tests.e2e.acts import no_barrier
from tests.staff import sign_in


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button).first.click()
    no_barrier(page)


def follow(page: Page, link: str) -> None:
    page.get_by_role("link", name=link).first.click()


def test_a_class_is_made_joined_and_given_work_without_a_barrier(
    page: Page, config: Settings
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    sign_in(TestClient(create_app(config)), config)
    page.goto("/join")
    page.context.add_cookies([{"name": "login", "value": "cookie of Ada", "url": page.url}])

    page.goto("/classes")
    page.get_by_label("Name of the class").fill("Databases, winter 2026: the evening group")
    press(page, "Make the class")
    expect(page.get_by_alt_text("QR code of the link")).to_have_js_property("complete", value=True)
    code = page.get_by_role("region", name="Code", exact=True).inner_text()
    follow(page, "Roster")
    page.get_by_role("textbox", name="Roster").fill("Anna Müller;1\nBen;2")
    press(page, "Import")
    follow(page, "Ben")
    page.get_by_label("The other line").select_option(label="Anna Müller (1)")
    press(page, "Go on")
    expect(page.get_by_role("alert")).to_contain_text("so they are two people")
    follow(page, "Assignments")
    follow(page, "New assignment")
    expect(page.get_by_label("Due (UTC)")).to_be_visible()
    no_barrier(page)
    page.get_by_role("textbox", name="Title").fill("Week 1")
    page.get_by_label("Due (UTC)").fill("2026-11-27T09:00")
    press(page, "Give it to the class")

    page.goto("/join")
    page.get_by_role("textbox", name="Code").fill(code.replace("-", " "))
    press(page, "Go on")
    page.get_by_label("The name to be seen").fill("Anna Müller")
    press(page, "Join")
    follow(page, "To the packs and assignments")
    expect(page.get_by_text("due Friday 27 Nov 09:00 UTC")).to_be_visible()
    no_barrier(page)
    page.goto("/settings")
    follow(page, "Change the name or leave")
    expect(page.get_by_role("button", name="Leave")).to_be_visible()
    no_barrier(page)
    page.goto("/settings/elsewhere")
    press(page, "Make a code")
    found = re.search(
        r"\S+/go-on/\S+", page.get_by_role("region", name="Link", exact=True).inner_text()
    )
    assert found
    page.context.clear_cookies()
    page.goto(found[0])
    no_barrier(page)
    page.get_by_role("button", name="Go on here").click()
    expect(page.get_by_text("Week 1").first).to_be_visible()
