"""Cards in a browser: keys, focus, swaps, no JavaScript, a broken line."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from quiz.config import Settings
from tests.e2e.acts import ALL, attempts, go_on, rest, samples, start


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


IMPATIENT = """() => {
    const enter = { key: "Enter", bubbles: true, cancelable: true };
    const press = () => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", enter));
    document.addEventListener("htmx:after:swap", press, { once: true });
    press();
    press();
}"""
"""Presses Enter twice at once, and again as soon as the verdict is there."""


def test_enter_sends_no_empty_form_and_does_not_carry_over(page: Page, config: Settings) -> None:
    start(page)
    page.keyboard.press("Enter")
    expect(page.locator("#card-error")).to_have_count(0)
    page.keyboard.press("1")
    page.evaluate(IMPATIENT)

    expect(page.locator("#verdict")).to_be_focused()
    expect(page.locator("#card-title")).to_have_text(f"Question 1 of {ALL}")
    assert attempts(config) == 1


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


def test_a_line_is_moved_by_alt_and_arrow(page: Page, config: Settings) -> None:
    start(page)
    while samples(page, config)[0] != "order":
        go_on(page)
        expect(page.locator("#check")).to_be_visible()
    rest(page)
    first = page.locator("input[name=line]").first.input_value()
    page.locator(f"#drop-{first}").focus()
    page.keyboard.press("Alt+ArrowDown")

    expect(page.locator("input[name=line]").nth(1)).to_have_value(first)
    expect(page.locator(f"#down-{first}")).to_be_focused()


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


@pytest.mark.parametrize(("length", "said"), [(5_001, "5,001 characters"), (70_000, "too long")])
def test_what_is_too_long_is_said_and_stays_to_be_shortened(
    page: Page, config: Settings, length: int, said: str
) -> None:
    start(page)
    while samples(page, config)[0] != "text":
        go_on(page)
        expect(page.locator("#check")).to_be_visible()
    field = page.locator("input[name=answer]")
    field.evaluate("field => field.removeAttribute('maxlength')")
    field.fill("x" * length)
    page.locator("#check").click()

    expect(page.locator("#card-failure")).to_contain_text(said)
    expect(page.locator("#card-failure")).to_contain_text("5,000")
    expect(field).to_have_value("x" * length)
    field.fill("x")
    page.locator("#check").click()
    expect(page.locator("#verdict")).to_be_focused()


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
