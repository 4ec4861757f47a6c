"""People look after their ways in: sign-ins, the password, the second factor."""

from __future__ import annotations

import re

import pyotp
import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from tests import staff
from tests.browsing import Browser
from tests.conftest import NOW, Clock, stored
from tests.signing import PASSWORD, factor_on, people, secret_of, sign_in, use


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


def test_a_second_factor_is_asked_for_and_each_code_is_used_once(
    client: TestClient, browser: Browser, clock: Clock
) -> None:
    sign_in(browser)
    page = browser.get("/account/second-factor")
    secret = secret_of(page)
    code = pyotp.TOTP(secret).at(NOW)

    sent = {"secret": [secret], "code": [code], "proof": [PASSWORD]}
    shown = browser.submit(page, "Switch it on", sent)
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
    used = browser.submit(browser.get("/account"), "Switch it off", {"proof": [recovery[0]]})
    assert used.status == 422
    assert "it was used before" in used.text
    browser.submit(browser.get("/account"), "Switch it off", {"proof": [recovery[1]]})
    assert sign_in(browser).status == 200


@pytest.mark.parametrize(
    ("code", "proof", "sentence"),
    [
        ("000000", PASSWORD, "not the code of this moment"),
        ("", PASSWORD, "not the code of this moment"),
        ("right", "wrong horse", "not your present password"),
        ("right", "", "not your present password"),
    ],
)
def test_what_is_wrong_switches_nothing_on(
    browser: Browser, config: Settings, code: str, proof: str, sentence: str
) -> None:
    sign_in(browser)
    page = browser.get("/account/second-factor")
    secret = secret_of(page)

    shown = pyotp.TOTP(secret).at(NOW) if code == "right" else code
    sent = {"secret": [secret], "code": [shown], "proof": [proof]}
    after = browser.submit(page, "Switch it on", sent)

    assert after.status == 422
    assert sentence in after.text
    assert secret_of(after) == secret
    assert stored(config, "SELECT totp_secret FROM people") == [(None,)]


def test_another_device_takes_the_place_of_the_first_by_a_code_of_it(
    client: TestClient, browser: Browser, clock: Clock
) -> None:
    sign_in(browser)
    codes = factor_on(browser, NOW, PASSWORD)
    page = browser.get("/account/second-factor")
    fresh = pyotp.TOTP(secret_of(page))

    sent = {"secret": [fresh.secret], "code": [fresh.at(NOW)]}
    refused = browser.submit(page, "Switch it on", sent | {"proof": [PASSWORD]})
    taken = browser.submit(page, "Switch it on", sent | {"proof": [codes[0]]})

    assert (refused.status, taken.status) == (422, 200)
    client.cookies.clear()
    assert sign_in(browser, code=codes[1]).status == 422
    clock.forward(seconds=30)
    assert sign_in(browser, code=fresh.at(clock.now)).status == 200


def test_nobody_finds_the_password_by_trying_in_an_open_browser(
    browser: Browser, config: Settings
) -> None:
    sign_in(browser)
    page = browser.get("/account")
    sent = {"current": ["wrong horse"], "new": ["another fine phrase"]}

    found = [browser.submit(page, "Change the password", sent).status for _ in range(11)]
    right = browser.submit(page, "Change the password", sent | {"current": [PASSWORD]})

    assert found == [422] * 10 + [429]
    assert right.status == 429


def test_a_sign_in_that_has_ended_is_not_listed(
    client: TestClient, browser: Browser, clock: Clock
) -> None:
    sign_in(browser)
    elsewhere = browser.get("/account").html.count("last used")
    client.cookies.clear()
    clock.forward(hours=12)
    sign_in(browser)

    assert browser.get("/account").html.count("last used") == elsewhere == 1


def test_nobody_ends_the_sign_in_of_another(
    client: TestClient, browser: Browser, config: Settings
) -> None:
    sign_in(browser)
    ((adas,),) = stored(config, "SELECT public_id FROM logins")
    client.cookies.clear()
    staff.sign_in(client, config, name="Bob")

    assert client.post(f"/account/logins/{adas}").status_code == 404
    assert len(stored(config, "SELECT digest FROM logins")) == 2
