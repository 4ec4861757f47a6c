"""Learners join a class without an account, know what it sees, and can leave."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from tests.answering import start
from tests.conftest import Clock, stored
from tests.schoolroom import code_of, instructor, join, learner, make_class, words

SEEN = """
SELECT count(*) FROM attempts a JOIN enrolments e ON e.learner_id = a.learner_id
WHERE a.answered_at >= e.since_at AND (e.left_at IS NULL OR a.answered_at < e.left_at)
"""


@pytest.fixture
def code(client: TestClient, config: Settings) -> str:
    """The code of a class."""
    return code_of(make_class(instructor(client, config)))


@pytest.mark.every_engine
def test_a_learner_without_an_account_joins_and_is_told_so(
    client: TestClient, config: Settings
) -> None:
    code = code_of(make_class(instructor(client, config)))
    pupil = learner(client)

    invited = pupil.get(f"/join/{code}")
    page = join(pupil, code, "Bäume 🌲")

    assert "A class of Ada" in words(invited)
    assert "every answer you give from now on" in words(invited)
    assert "You are in Databases as Bäume 🌲" in words(page)
    assert "You are in Databases as Bäume 🌲" in words(pupil.get(f"/join/{code}"))
    assert pupil.follow(page, "To the packs").status == 200


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{bare}"])
def test_a_code_is_read_however_it_is_typed(client: TestClient, code: str, typed: str) -> None:
    pupil = learner(client)
    typed = typed.format(code, lower=code.lower(), bare=code.replace("-", " ").lower())

    page = pupil.client.get("/join", params={"code": typed})

    assert page.status_code == 200
    assert page.url.path == f"/join/{code}"


def test_what_is_no_code_is_asked_for_again(client: TestClient) -> None:
    pupil = learner(client)

    page = pupil.client.get("/join", params={"code": "<o>"})

    assert page.status_code == 422
    assert "A code has 8 letters and digits" in page.text
    assert 'value="&lt;o&gt;"' in page.text
    assert pupil.get("/join").status == 200


def test_a_wrong_code_and_an_archived_class_are_refused_in_the_same_words(
    client: TestClient, config: Settings
) -> None:
    teacher, pupil = instructor(client, config), learner(client)
    page = make_class(teacher)
    code = code_of(page)
    teacher.submit(page, "Archive", {})

    archived, wrong = pupil.get(f"/join/{code}"), pupil.get("/join/2222-2222")

    assert (archived.status, wrong.status) == (404, 404)
    assert archived.html.replace(code, "2222-2222") == wrong.html
    assert pupil.client.post(f"/join/{code}", data={"name": "Eve"}).status_code == 404
    assert stored(config, "SELECT count(*) FROM enrolments") == [(0,)]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [(" ", "this one is empty"), ("x" * 61, "this one has 61"), ("a\tb", "control character")],
)
def test_a_name_that_nobody_could_read_is_asked_for_again(
    client: TestClient, config: Settings, code: str, name: str, sentence: str
) -> None:
    page = join(learner(client), code, name)

    assert page.status == 422
    assert "Your name has 1 to 60 characters" in page.text
    assert sentence in page.text
    assert stored(config, "SELECT count(*) FROM learners") == [(0,)]


def test_who_joins_twice_is_in_once(client: TestClient, config: Settings, code: str) -> None:
    pupil = learner(client)
    join(pupil, code, "Anna")

    page = pupil.client.post(f"/join/{code}", data={"name": "Bea", "before": "yes"})

    assert "You are in" in page.text
    assert stored(config, "SELECT name, count(*) FROM enrolments GROUP BY name") == [("Anna", 1)]


@pytest.mark.parametrize(("ticks", "seen"), [((), 1), (("before",), 2)])
def test_a_class_sees_earlier_answers_only_where_they_are_shared(
    client: TestClient, config: Settings, clock: Clock, code: str, ticks: tuple[str, ...], seen: int
) -> None:
    pupil = learner(client)
    page = pupil.submit(start(pupil), "I don’t know")
    clock.forward(hours=1)

    assert "1 answer" in pupil.get(f"/join/{code}").text
    join(pupil, code, "Anna", *ticks)
    clock.forward(hours=1)
    pupil.submit(pupil.submit(page, "Continue"), "I don’t know")

    assert stored(config, SEEN) == [(seen,)]


def test_certainty_is_shared_only_where_it_was_ticked(
    client: TestClient, config: Settings, code: str
) -> None:
    join(learner(client), code, "Anna")
    join(learner(client), code, "Ben", "certainty")

    found = stored(config, "SELECT name FROM enrolments WHERE shares_certainty")

    assert found == [("Ben",)]


def test_the_settings_say_who_sees_what_and_lead_out(
    client: TestClient, config: Settings, clock: Clock, code: str
) -> None:
    pupil = learner(client)
    page = start(pupil)
    join(pupil, code, "Anna")
    page = pupil.submit(page, "I don’t know")
    clock.forward(hours=1)

    asked = pupil.follow(pupil.get("/settings"), "Change the name or leave")
    settings = words(pupil.submit(asked, "Leave"))
    pupil.submit(pupil.submit(page, "Continue"), "I don’t know")

    assert "What was seen before stays with the class" in words(asked)
    assert "You were in it as Anna" in settings
    assert "before 25 Nov, 10:00 UTC" in settings
    assert "never how sure you said you were" in settings
    assert stored(config, SEEN) == [(1,)]


def test_who_comes_back_has_the_same_line_and_is_told_what_it_shows(
    client: TestClient, config: Settings, clock: Clock, code: str
) -> None:
    pupil = learner(client)
    join(pupil, code, "Anna")
    clock.forward(hours=1)
    pupil.submit(pupil.follow(pupil.get("/settings"), "Change the name or leave"), "Leave")

    invited = pupil.follow(pupil.get("/settings"), "Come back")
    page = pupil.submit(invited, "Come back")

    assert "You were in this class as Anna and left on 25 Nov, 10:00 UTC" in words(invited)
    assert "also what you answered since you left" in words(invited)
    assert "You are in Databases as Anna" in words(page)
    assert stored(config, "SELECT name, left_at FROM enrolments") == [("Anna", None)]


def test_a_learner_takes_another_name(client: TestClient, config: Settings, code: str) -> None:
    pupil = learner(client)
    join(pupil, code, "Anna")
    asked = pupil.follow(pupil.get("/settings"), "Change the name or leave")

    refused = pupil.submit(asked, "Change the name", {"name": ["x" * 61]})
    pupil.submit(asked, "Change the name", {"name": ["Äñña"]})

    assert refused.status == 422
    assert stored(config, "SELECT name FROM enrolments") == [("Äñña",)]


def test_the_place_of_another_learner_is_not_found(
    client: TestClient, config: Settings, code: str
) -> None:
    anna, eve = learner(client), learner(client)
    join(anna, code, "Anna")
    join(eve, code, "Eve")
    [(line,)] = stored(config, "SELECT public_id FROM enrolments WHERE name = 'Anna'")

    missing = eve.client.get("/settings/classes/none")
    found = eve.client.get(f"/settings/classes/{line}")
    left = eve.client.post(f"/settings/classes/{line}/leave")
    renamed = eve.client.post(f"/settings/classes/{line}/name", data={"name": "Mallory"})

    assert (found.status_code, found.content) == (404, missing.content)
    assert (left.status_code, renamed.status_code) == (404, 404)
    assert learner(client).get(f"/settings/classes/{line}").status == 404
    state = stored(config, "SELECT name, left_at FROM enrolments WHERE name = 'Anna'")
    assert state == [("Anna", None)]
