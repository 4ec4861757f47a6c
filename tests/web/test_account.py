"""People look after their ways in: sign-ins, the password, the second factor."""

from __future__ import annotations

import re

import pyotp
import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from tests.browsing import Browser, Page
from tests.conftest import NOW, Clock, stored
from tests.signing import PASSWORD, people, sign_in, use


@pytest.fixture(autouse=True)
def ada(client: TestClient, config: Settings) -> None:
    people(config)


def test_a_new_password_ends_all_other_sign_ins(client: TestClient, browser: Browser) -> None:
    sign_in(browser)
    elsewhere = client.cookies["login"]
    client.cookies.clear()
    sign_in(browser)
    sent = {"current": [PASSWORD], "new": ["another fine phrase"]}

    page = browser.submit(browser.get("/account"), "Change the password", sent)

    assert "Your password is changed" in page.text
    use(client, elsewhere)
    assert "/sign-in" in browser.get("/account").address
    assert sign_in(browser, password="another fine phrase").address.endswith("/classes")


@pytest.mark.parametrize(
    ("current", "new", "sentence"),
    [
        ("wrong horse", "another fine phrase", "not your present password"),
        (PASSWORD, "short", "this one has 5"),
        (PASSWORD, "password123", "tried first"),
    ],
)
def test_a_password_that_will_not_do_is_said_where_it_was_typed(
    browser: Browser, current: str, new: str, sentence: str
) -> None:
    sign_in(browser)

    sent = {"current": [current], "new": [new]}
    page = browser.submit(browser.get("/account"), "Change the password", sent)

    assert page.status == 422
    assert sentence in page.text


def test_sign_ins_elsewhere_are_listed_and_ended(client: TestClient, browser: Browser) -> None:
    client.headers["user-agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Firefox/150.0"
    sign_in(browser)
    elsewhere = client.cookies["login"]
    client.cookies.clear()
    sign_in(browser)
    page = browser.get("/account")
    assert page.text.count("Firefox on Linux") == 3  # two lines, and the name of a button

    browser.submit(page, "End all others")

    here = client.cookies["login"]
    use(client, elsewhere)
    assert "/sign-in" in browser.get("/account").address
    use(client, here)
    assert browser.get("/account").status == 200


def secret_of(page: Page) -> str:
    return page.form_with("Switch it on").defaults()["secret"][0]


def test_a_second_factor_is_asked_for_and_each_code_is_used_once(
    client: TestClient, browser: Browser, clock: Clock
) -> None:
    sign_in(browser)
    page = browser.get("/account/second-factor")
    secret = secret_of(page)
    code = pyotp.TOTP(secret).at(NOW)

    shown = browser.submit(page, "Switch it on", {"secret": [secret], "code": [code]})
    recovery = re.findall(r"<li><code>([\w-]+)</code>", shown.html)
    client.cookies.clear()

    assert len(recovery) == 10
    assert sign_in(browser).status == 422
    assert sign_in(browser, code=code).status == 422  # used when it was switched on
    clock.forward(seconds=30)
    assert sign_in(browser, code=pyotp.TOTP(secret).at(clock.now)).status == 200
    assert sign_in(browser, code=recovery[0].upper()).status == 200
    assert sign_in(browser, code=recovery[0]).status == 422
    assert "9 recovery codes left" in browser.get("/account").text
    browser.submit(browser.get("/account"), "Switch it off")
    assert sign_in(browser).status == 200


def test_a_wrong_code_switches_nothing_on(browser: Browser, config: Settings) -> None:
    sign_in(browser)
    page = browser.get("/account/second-factor")

    sent = {"secret": [secret_of(page)], "code": ["000000"]}
    after = browser.submit(page, "Switch it on", sent)

    assert after.status == 422
    assert secret_of(after) == secret_of(page)
    assert stored(config, "SELECT totp_secret FROM people") == [(None,)]
