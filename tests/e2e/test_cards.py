"""Cards in a browser: keys, focus, swaps, small screens, no JavaScript, a broken line."""

from __future__ import annotations

import sqlite3

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from quiz.config import Settings
from quiz.core.kinds import Samples
from quiz.kinds import kinds
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


def test_a_card_is_answered_by_keys_alone(page: Page) -> None:
    start(page)
    page.keyboard.press("2")
    page.keyboard.press("Enter")

    expect(page.locator("#verdict")).to_be_focused()
    said = " ".join(page.locator("#verdict").inner_text().split())
    expect(page.get_by_role("status")).to_have_text(said.lstrip("✔✖ "))
    rest(page)
    page.keyboard.press("Enter")
    expect(page.locator("#card-title")).to_have_text(f"Question 2 of {ALL}")


def test_keys_are_dead_while_somebody_types(page: Page, config: Settings) -> None:
    start(page)
    while samples(page, config)[0] != "text":
        go_on(page)
        expect(page.locator("#check")).to_be_visible()
    field = page.locator("input[name=answer]")
    field.click()
    page.keyboard.type("0h?")

    expect(field).to_have_value("0h?")
    expect(page.locator("#check")).to_be_visible()


def test_keys_can_be_switched_off(page: Page) -> None:
    page.goto("/settings")
    page.get_by_role("button", name="off").click()
    start(page)
    page.keyboard.press("0")
    page.keyboard.press("2")

    expect(page.locator("#check")).to_be_visible()
    assert page.locator("input[type=radio]:checked").count() == 0


def test_a_question_mark_opens_the_list_of_keys_and_escape_gives_focus_back(page: Page) -> None:
    start(page)
    page.locator("#check").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("#check")).to_be_focused()


def test_a_double_click_is_one_answer(page: Page, config: Settings) -> None:
    start(page)
    page.locator("#unknown").dblclick()
    expect(page.locator("#verdict")).to_be_visible()

    assert attempts(config) == 1


def test_lines_are_moved_by_buttons_and_focus_stays_on_the_button(
    page: Page, config: Settings
) -> None:
    start(page)
    while samples(page, config)[0] != "order":
        go_on(page)
        expect(page.locator("#check")).to_be_visible()
    button = page.locator("button[value^='down ']").first
    id = button.get_attribute("id")
    token = (button.get_attribute("value") or "").removeprefix("down ")
    rest(page)
    button.focus()
    page.keyboard.press("Enter")

    expect(page.locator("input[name=line]").nth(1)).to_have_value(token)
    expect(page.locator(f"#{id}")).to_be_focused()
    assert attempts(config) == page.locator(".mark").count() - ALL + _position(page) - 1


def _position(page: Page) -> int:
    return int(page.url.rsplit("/", 1)[1])


def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(
    page: Page, config: Settings
) -> None:
    start(page)
    while samples(page, config)[0] != "number":
        go_on(page)
        expect(page.locator("#check")).to_be_visible()
    page.locator("input[name=answer]").fill("1,,4")
    page.locator("#check").click()

    expect(page.locator("#card-error")).to_contain_text("1,,4")
    expect(page.locator("input[name=answer]")).to_have_value("1,,4")


def test_without_a_connection_the_form_stays_and_says_so(page: Page, config: Settings) -> None:
    start(page)
    page.locator("input[type=radio]").first.check()
    page.context.set_offline(True)
    page.locator("#check").click()

    expect(page.locator("#card-failure")).to_be_visible()
    expect(page.locator("input[type=radio]").first).to_be_checked()
    page.context.set_offline(False)
    page.locator("#check").click()
    expect(page.locator("#verdict")).to_be_focused()
    assert attempts(config) == 1


def test_the_back_button_leads_to_the_card_before(page: Page) -> None:
    start(page)
    go_on(page)
    expect(page.locator("#card-title")).to_have_text(f"Question 2 of {ALL}")
    page.go_back()

    expect(page.locator("#card-title")).to_have_text(f"Question 1 of {ALL}")
    expect(page.locator("#verdict")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_fits_a_small_screen_and_has_no_barrier(
    page: Page, config: Settings, scheme: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    start(page)
    seen = set()
    while True:
        seen.add(samples(page, config)[0])
        _no_barrier(page)
        page.locator("#unknown").click()
        expect(page.locator("#verdict")).to_be_focused()
        _no_barrier(page)
        page.locator("#continue").click()
        if len(seen) == len(kinds()) and "/cards/" not in page.url:
            break
        if _last(page):
            break
        expect(page.locator("#check")).to_be_visible()

    assert seen == set(kinds())


def _last(page: Page) -> bool:
    page.wait_for_load_state()
    return "/cards/" not in page.url


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/packs/python-basics",
        "/packs/python-basics/topics/names",
        "/progress",
        "/settings",
        "/nowhere",
    ],
)
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_fits_its_screen_and_has_no_barrier(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(path)

    _no_barrier(page)


def _no_barrier(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_code_is_coloured_by_the_server_and_its_line_numbers_are_not_copied(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Start").first.click()
    code = page.locator(".code").first

    assert code.inner_text().split("\n")[:3] == [
        "def add(x, xs=[]):",
        "    xs.append(x)",
        "    return xs",
    ]
    assert code.locator(".k").first.inner_text() == "def"
    assert code.get_attribute("tabindex") == "0"
    context.close()


def test_a_card_is_answered_without_javascript(chromium: Browser, address: str) -> None:
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Start").first.click()
    page.locator("input[type=radio]").first.check()
    page.get_by_role("button", name="Check").click()

    expect(page.locator("#verdict")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#card-title")).to_contain_text("Question 2")
    context.close()
