"""Answers one arranges or types: moved by buttons, forgiven, and compared line by line."""

from __future__ import annotations

import re

from quiz.config import Settings
from tests.answering import give, said, samples, walk_to
from tests.browsing import Browser, Page


def press(browser: Browser, page: Page, move: str) -> Page:
    """Press the button that posts this move."""
    form = page.form_with("Check")
    assert move in [button.value for button in form.buttons if button.name == "move"]
    response = browser.client.post(page.address, data={**form.defaults(), "move": move})
    assert response.status_code == 200
    return Page(str(response.url), response.status_code, response.text)


def lines(page: Page) -> list[str]:
    return page.form_with("Check").defaults()["line"]


def test_lines_are_put_in_order_by_buttons_alone(browser: Browser, config: Settings) -> None:
    page = walk_to(browser, config, "order")
    right = samples(config, page).right
    for token in set(lines(page)) - set(right["line"]):
        page = press(browser, page, f"drop {token}")
    for place, (token, level) in enumerate(zip(right["line"], right["indent"], strict=True)):
        while lines(page).index(token) > place:
            page = press(browser, page, f"up {token}")
        for _ in range(int(level)):
            page = press(browser, page, f"in {token}")

    verdict = browser.submit(page, "Check")

    assert said(verdict) == "✔ Correct"


def test_a_line_that_was_taken_away_can_be_used_again(browser: Browser, config: Settings) -> None:
    page = walk_to(browser, config, "order")
    token = lines(page)[0]

    without = press(browser, page, f"drop {token}")
    again = press(browser, without, f"use {token}")

    assert token not in lines(without)
    assert lines(again)[-1] == token


def test_a_wrong_order_names_the_first_wrong_line_and_keeps_the_arrangement(
    browser: Browser, config: Settings
) -> None:
    page = walk_to(browser, config, "order")
    right = {name: list(values) for name, values in samples(config, page).right.items()}
    for name in ("line", "indent"):
        right[name][1], right[name][2] = right[name][2], right[name][1]

    verdict = give(browser, page, right)

    assert "Line 2 is the first that is not right" in verdict.text
    mine = verdict.text[verdict.text.index("Your order") : verdict.text.index("A right order")]
    assert mine.index("for c in text") < mine.index("n = 0")


def test_a_typed_answer_is_forgiven_its_spaces_and_shown_beside_the_expected(
    browser: Browser, config: Settings
) -> None:
    right = give(browser, walk_to(browser, config, "text"), {"answer": ["  `len`  "]})
    wrong = give(browser, walk_to(browser, config, "text"), {"answer": ["Len"]})

    assert said(right) == "✔ Correct"
    assert "Not correct" in wrong.text
    assert re.search(r"Your answer\s+Len", wrong.text)
    assert re.search(r"Expected\s+len", wrong.text)


def test_spaces_at_the_end_of_output_are_forgiven(browser: Browser, config: Settings) -> None:
    page = walk_to(browser, config, "predict")

    verdict = give(browser, page, {"output": ["finally  \r\ntry\r\n\r\n"], "ends": ["normally"]})

    assert said(verdict) == "✔ Correct"


def test_output_is_compared_by_lines_and_the_first_difference_is_marked(
    browser: Browser, config: Settings
) -> None:
    page = walk_to(browser, config, "predict")

    wrong = give(browser, page, {"output": ["finally\nfinally"], "ends": ["normally"]})

    row = re.search(r"<tr[^>]*data-first.*?</tr>", wrong.html, re.DOTALL)
    assert row
    assert re.findall(r"<code>(.*?)</code>", row[0]) == ["finally", "try"]
    assert wrong.text.count("First difference") == 1


def test_own_words_come_before_the_model_answer(browser: Browser, config: Settings) -> None:
    page = walk_to(browser, config, "recall")
    early = browser.client.post(page.address, data={"words": "It copies.", "self_grade": "yes"})
    revealed = browser.get(page.address)

    verdict = browser.submit(revealed, "Not yet")

    assert early.status_code == 200
    assert "It binds the name" not in page.text
    assert "It binds the name" in revealed.text
    assert "It copies." in revealed.text
    assert "Not yet" in verdict.text
    assert "It copies." in verdict.text
