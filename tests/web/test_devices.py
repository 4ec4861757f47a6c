"""A learner goes on in another browser without an account, once, and nothing is lost."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from tests.browsing import Browser, Page
from tests.conftest import Clock, stored
from tests.schoolroom import code_of, give_up, instructor, join, learner, make_class, words

CODE = re.compile(r"\b(?:[2-9A-HJ-NP-Z]{4}-){2}[2-9A-HJ-NP-Z]{4}\b")
OWNERS = "SELECT count(*), count(DISTINCT learner_id) FROM attempts"


def shown(browser: Browser) -> str:
    """Make a code in the settings and return it."""
    asked = browser.follow(browser.get("/settings"), "Go on elsewhere")
    found = CODE.search(browser.submit(asked, "Make a code").text)
    assert found
    return found[0]


def take(browser: Browser, code: str, button: str) -> Page:
    return browser.submit(browser.get(f"/go-on/{code}"), button)


@pytest.mark.every_engine
def test_a_round_goes_on_where_it_was_in_a_browser_that_was_empty(
    client: TestClient, config: Settings
) -> None:
    laptop, phone = learner(client), learner(client)
    give_up(laptop, 2)
    code = shown(laptop)

    asked = phone.get(f"/go-on/{code.lower()}")
    home = phone.submit(asked, "Go on here")

    assert "with 2 answers" in words(asked)
    assert home.can("Continue: question 3 of")
    assert phone.submit(home, "Continue").can("Check")
    assert laptop.get("/").can("Continue: question 3 of")
    assert stored(config, "SELECT count(*) FROM learners") == [(1,)]


@pytest.mark.every_engine
def test_answers_on_both_sides_become_one_and_again_changes_nothing(
    client: TestClient, config: Settings
) -> None:
    laptop, phone = learner(client), learner(client)
    give_up(laptop, 2)
    give_up(phone, 3)
    code = shown(laptop)

    asked = phone.get(f"/go-on/{code}")
    take(phone, code, "Make both one")
    before = stored(config, "SELECT * FROM topic_progress")
    again = phone.get(f"/go-on/{code}")
    posted = phone.client.post(f"/go-on/{code}")

    assert "This browser has 3 answers, the other one 2" in words(asked)
    assert "one learner with 5 answers" in words(asked)
    assert stored(config, OWNERS) == [(5, 1)]
    assert "5 answers so far" in words(laptop.get("/progress"))
    assert "5 answers so far" in words(phone.get("/progress"))
    assert "You go on here already" in words(again)
    assert posted.status_code == 200
    assert stored(config, "SELECT * FROM topic_progress") == before


def test_a_code_works_once_and_looking_at_it_is_no_use(client: TestClient) -> None:
    laptop, phone, thief = learner(client), learner(client), learner(client)
    give_up(laptop)
    code = shown(laptop)
    for _ in range(3):
        assert thief.get(f"/go-on/{code}").can("Go on here")

    take(phone, code, "Go on here")
    late = thief.client.post(f"/go-on/{code}")

    assert late.status_code == 404
    assert "A code works once and for ten minutes" in late.text
    assert "Nothing yet" in words(thief.get("/progress"))


def test_a_code_ends_after_ten_minutes_and_when_another_is_made(
    client: TestClient, clock: Clock
) -> None:
    laptop, phone = learner(client), learner(client)
    give_up(laptop)
    old, new = shown(laptop), shown(laptop)

    replaced, works = phone.get(f"/go-on/{old}"), phone.get(f"/go-on/{new}")
    clock.forward(minutes=10)
    ended = phone.get(f"/go-on/{new}")

    assert [page.status for page in (replaced, works, ended)] == [404, 200, 404]
    assert replaced.html.replace(old, new) == ended.html
    assert phone.client.post(f"/go-on/{new}").status_code == 404


def test_only_a_digest_of_a_code_is_kept(client: TestClient, config: Settings) -> None:
    laptop = learner(client)
    give_up(laptop)
    code = shown(laptop)

    [(digest,)] = stored(config, "SELECT digest FROM device_codes")

    assert re.fullmatch("[0-9a-f]{64}", str(digest))
    for file in config.data.iterdir():
        assert code.replace("-", "").encode() not in file.read_bytes()


def test_the_code_is_shown_with_its_link_and_picture_and_leads_home_to_who_made_it(
    client: TestClient,
) -> None:
    laptop = learner(client)
    give_up(laptop)
    page = laptop.submit(laptop.get("/settings/elsewhere"), "Make a code")
    found = CODE.search(page.text)
    assert found
    code = found[0]

    assert "It works once, until 25 Nov, 09:10 UTC." in words(page)
    assert f"http://127.0.0.1:8000/go-on/{code}" in page.text
    assert laptop.client.get(f"/go-on/{code}/qr.svg").text.startswith("<svg ")
    assert "You go on here already" in words(laptop.get(f"/go-on/{code}"))


def test_who_has_done_nothing_has_nothing_to_take_along(client: TestClient) -> None:
    nobody = learner(client)

    page = nobody.submit(nobody.get("/settings/elsewhere"), "Make a code")

    assert page.status == 422
    assert "There is nothing to take along yet" in page.text


@pytest.mark.parametrize(("typed", "status"), [("", 200), ("abc", 422), ("2222-3333-4444", 404)])
def test_a_code_is_asked_for_until_it_is_one(client: TestClient, typed: str, status: int) -> None:
    page = learner(client).client.get("/go-on", params={"code": typed})

    assert page.status_code == status
    assert "Go on here" in page.text


def test_what_classes_will_come_to_see_is_said_before(
    client: TestClient, config: Settings, clock: Clock
) -> None:
    room = make_class(instructor(client, config))
    laptop, phone = learner(client), learner(client)
    give_up(phone)
    clock.forward(hours=1)
    join(laptop, code_of(room), "Anna")
    clock.forward(hours=1)
    give_up(phone, 2)
    code = shown(laptop)

    asked = phone.get(f"/go-on/{code}")
    take(phone, code, "Make both one")

    assert "2 answers that no class has seen so far will be seen" in words(asked)
    assert "You are in Databases as Anna" in words(phone.get(f"/join/{code_of(room)}"))
    seen = """SELECT count(*) FROM attempts a JOIN enrolments e ON e.learner_id = a.learner_id
              WHERE a.answered_at >= e.since_at"""
    assert stored(config, seen) == [(2,)]
