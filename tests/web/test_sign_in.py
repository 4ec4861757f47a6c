"""People sign in and out, by password or by a link."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from quiz.people.confirming import MOST_FAILURES
from tests.browsing import Browser
from tests.conftest import HOME, Clock, change, stored
from tests.signing import PASSWORD, link, people, sign_in, use


@pytest.fixture(autouse=True)
def ada(client: TestClient, config: Settings) -> None:
    people(config)


def test_who_signs_in_comes_to_their_classes(browser: Browser) -> None:
    page = sign_in(browser)

    assert page.address.endswith("/classes")
    assert browser.get("/account").status == 200


def test_after_signing_in_one_goes_on_where_one_wanted_to(browser: Browser) -> None:
    asked = browser.get("/reports")
    sent = asked.form_with("Sign in").defaults()

    after = browser.submit(asked, "Sign in", sent | {"name": ["Ada"], "password": [PASSWORD]})

    assert after.address.endswith("/reports")


@pytest.mark.parametrize(
    "onward", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/%0a/x"]
)
def test_nobody_is_led_elsewhere(browser: Browser, onward: str) -> None:
    assert sign_in(browser, onward=onward).address.startswith(f"{HOME}/classes")


def test_a_wrong_name_and_a_wrong_password_get_the_same_page(browser: Browser) -> None:
    unknown = sign_in(browser, name="nobody")
    wrong = sign_in(browser, name="ada", password="wrong horse")

    assert (unknown.status, wrong.status) == (422, 422)
    assert unknown.html.replace("nobody", "ada") == wrong.html
    assert PASSWORD not in wrong.html


def test_a_name_that_failed_often_has_to_wait_though_it_is_right(
    browser: Browser, clock: Clock
) -> None:
    for _ in range(MOST_FAILURES):
        clock.forward(seconds=5)  # slowly enough for the limit of a network
        assert sign_in(browser, password="wrong horse").status == 422

    assert sign_in(browser).status == 429
    clock.forward(minutes=15)
    assert sign_in(browser).status == 200


def test_one_network_has_to_wait_whatever_names_it_tries(browser: Browser) -> None:
    found = [sign_in(browser, name=f"name-{number}").status for number in range(21)]

    assert found == [422] * 20 + [429]


def test_the_token_is_new_at_every_sign_in_and_the_former_one_ends(
    client: TestClient, browser: Browser, config: Settings
) -> None:
    sign_in(browser)
    first = client.cookies["login"]
    sign_in(browser)

    assert client.cookies["login"] != first
    assert len(stored(config, "SELECT digest FROM logins")) == 1


def test_the_cookie_is_for_the_server_alone(client: TestClient) -> None:
    fields = {"name": "ada", "password": PASSWORD, "code": "", "next": ""}
    cookie = client.post("/sign-in", data=fields, follow_redirects=False).headers["set-cookie"]

    assert re.match(r"login=[\w-]{43};", cookie)
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))


def test_nothing_secret_lies_in_the_database(
    client: TestClient, browser: Browser, config: Settings
) -> None:
    sign_in(browser)

    database = b"".join(path.read_bytes() for path in config.data.glob("quiz.db*"))

    assert PASSWORD.encode() not in database
    assert client.cookies["login"].encode() not in database


def test_signing_out_ends_it_on_the_server_and_leaves_the_learner(
    client: TestClient, browser: Browser
) -> None:
    client.post("/rounds", data={"pack": "python-basics", "size": "5", "mode": "practice"})
    page = sign_in(browser)
    cookie, learner = client.cookies["login"], client.cookies["sid"]

    browser.submit(page, "Sign out")
    assert client.cookies["sid"] == learner
    use(client, cookie)

    assert "/sign-in" in browser.get("/classes").address


def test_a_link_signs_in_once_and_only_by_its_button(
    client: TestClient, browser: Browser, config: Settings, clock: Clock
) -> None:
    address = link(config, clock)
    browser.get(address)
    page = browser.get(address)

    assert browser.submit(page, "Sign in as Ada").address.endswith("/classes")
    client.cookies.clear()
    assert browser.submit(page, "Sign in as Ada").status == 404
    assert browser.get(address).status == 404


def test_a_link_ends_after_ten_minutes(browser: Browser, config: Settings, clock: Clock) -> None:
    address = link(config, clock)
    clock.forward(minutes=10)

    assert browser.get(address).status == 404


def test_who_is_shut_out_comes_in_no_more(browser: Browser, config: Settings) -> None:
    sign_in(browser)
    change(config, "UPDATE people SET ended_at = created_at")

    assert "/sign-in" in browser.get("/account").address
    assert sign_in(browser).status == 422
