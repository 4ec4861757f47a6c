"""People sign in and out, by password or by a link."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from quiz.core.people import Role
from quiz.people.confirming import MOST_FAILURES
from quiz.web.app import create_app
from tests import staff
from tests.browsing import Browser
from tests.conftest import CHEAP, HOME, Clock, change, stored
from tests.signing import PASSWORD, factor_on, link, people, sign_in, use


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
    "onward",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/x\\..\\evil",
        "evil",
        "@evil.example",
        "javascript:alert(1)",
        "/%09/evil.example",
        "/%0a/x",
        "%0d%0aSet-Cookie:x=y",
        "/%00",
        "%20/x",
        "/%E2%80%A8/x",
    ],
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


def test_by_https_the_cookie_is_secure_and_of_this_host_only(
    config: Settings, clock: Clock
) -> None:
    secure = replace(config, base_url="https://127.0.0.1:8000")
    app = create_app(secure, clock=clock, hashing=CHEAP)
    fields = {"name": "ada", "password": PASSWORD}

    with TestClient(app, base_url=secure.base_url, follow_redirects=False) as client:
        came = client.post("/sign-in", data=fields).headers["set-cookie"]
        assert client.get("/account").status_code == 200
        left = client.post("/sign-out").headers

    assert re.match(r"__Host-login=[\w-]{43};", came)
    assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= set(came.split("; "))
    assert "domain" not in came.lower()
    assert left["clear-site-data"] == '"cache"'
    assert re.match(r'__Host-login="";.* Max-Age=0;.*Secure', left["set-cookie"])


def test_nothing_secret_lies_in_the_database_or_in_the_log(
    client: TestClient,
    browser: Browser,
    config: Settings,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    address = link(config, clock)
    browser.submit(browser.get(address), "Sign in as Ada")
    secrets = [PASSWORD, address.rpartition("/")[2], client.cookies["login"]]
    sign_in(browser)
    secrets += [client.cookies["login"], *factor_on(browser, clock.now, PASSWORD)]
    for name, password, code in [
        ("ada", PASSWORD, "x"),
        ("ada", "wrong", ""),
        ("bob", "wrong", ""),
    ]:
        sign_in(browser, name, password, code)
    browser.get(address)
    client.post(address)

    database = b"".join(path.read_bytes() for path in config.data.glob("quiz.db*"))
    assert len(secrets) == 14
    assert [each for each in secrets if each.encode() in database] == []
    told = [record.getMessage() for record in caplog.records if record.name.startswith("quiz.")]
    assert told == ["A sign-in failed: name, password or code was wrong."] * 3 + [
        "A sign-in failed: a link that was used, has ended, or never was."
    ]


def test_who_has_to_wait_is_told_how_long_and_the_log_says_why(
    browser: Browser, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(MOST_FAILURES):
        sign_in(browser, password="wrong horse")
    clock.forward(minutes=5)

    refused = browser.client.post("/sign-in", data={"name": "ada", "password": PASSWORD})

    assert (refused.status_code, refused.headers["retry-after"]) == (429, "600")
    assert "Try again in 10 min" in refused.text
    assert caplog.messages[-1] == "A sign-in was refused: the name had failed too often."


@pytest.mark.parametrize(
    ("role", "places"),
    [
        (Role.instructor, ["Classes", "Reports", "Account", "Learner’s view"]),
        (Role.author, ["Reports", "Account", "Learner’s view"]),
        (Role.admin, ["Classes", "Reports", "Account", "Learner’s view"]),
    ],
)
def test_people_see_the_places_of_their_role_and_who_they_are(
    client: TestClient, browser: Browser, config: Settings, role: Role, places: list[str]
) -> None:
    staff.sign_in(client, config, role=role, name="Bob <b>")

    page = browser.get("/reports")

    assert [label for _, label in page.links if label in places] == places
    assert not {"Classes", "Progress"} & {label for _, label in page.links} - set(places)
    assert f"Signed in as Bob <b>, {role}." in page.text
    assert all(browser.follow(page, label).status == 200 for label in places)


def test_a_learner_sees_no_more_of_it_than_the_way_in(
    client: TestClient, browser: Browser, config: Settings
) -> None:
    before = {path: browser.get(path).html for path in ("/", "/progress")}
    assert browser.follow(browser.get("/"), "Instructors").address.endswith("/sign-in")

    staff.sign_in(client, config, name="Bob")

    assert {path: browser.get(path).html for path in before} == before


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
