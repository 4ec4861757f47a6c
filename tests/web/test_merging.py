"""Two lines of a roster that are one person."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from tests.browsing import Browser, Page
from tests.conftest import Clock, stored
from tests.schoolroom import (
    code_of,
    give_up,
    ids,
    instructor,
    join,
    learner,
    make_class,
    paste,
    words,
)

LINES = "SELECT name, external_id, learner_id IS NOT NULL FROM enrolments ORDER BY id"


@pytest.fixture
def teacher(client: TestClient, config: Settings) -> Browser:
    return instructor(client, config)


@pytest.fixture
def room(teacher: Browser) -> Page:
    """The settings of a class, where its code stands."""
    return make_class(teacher)


def merge(teacher: Browser, room: Page, name: str, other: str) -> Page:
    """Choose another line on the page of a line, and return what would happen."""
    line = teacher.follow(teacher.follow(room, "Roster"), name)
    return teacher.get(f"{line.form_with('Go on').action}?with={other}")


def test_a_line_that_waits_is_merged_into_the_learner_it_was_meant_for(
    client: TestClient, teacher: Browser, room: Page, config: Settings
) -> None:
    join(learner(client), code_of(room), "anni")
    paste(teacher, room, "Anna Müller;1")
    known = ids(config)

    asked = merge(teacher, room, "Anna Müller", known["anni"])
    teacher.submit(asked, "Merge")

    assert "one line Anna Müller with the external id 1" in words(asked)
    assert stored(config, LINES) == [("Anna Müller", "1", 1)]
    assert teacher.get(asked.address).status == 404


@pytest.mark.every_engine
def test_a_learner_who_joined_from_two_browsers_becomes_one(
    client: TestClient, config: Settings, clock: Clock
) -> None:
    teacher = instructor(client, config)
    room = make_class(teacher)
    laptop, phone = learner(client), learner(client)
    join(laptop, code_of(room), "Anna")
    give_up(laptop, 2)
    clock.forward(hours=1)
    join(phone, code_of(room), "anna (phone)")
    give_up(phone)
    known = ids(config)

    asked = merge(teacher, room, "Anna", known["anna (phone)"])
    page = teacher.submit(asked, "Merge")
    again = teacher.get(f"{page.address}/{known['Anna']}/merge?with={known['anna (phone)']}")

    assert "one line anna (phone), 3 answers" in words(asked)
    assert "The browser of the line that goes begins afresh" in words(asked)
    assert stored(config, "SELECT count(*) FROM enrolments") == [(1,)]
    owners = "SELECT count(DISTINCT learner_id), count(*) FROM attempts"
    assert stored(config, owners) == [(1, 3)]
    assert "3 answers so far" in words(phone.get("/progress"))
    assert "Nothing yet" in words(laptop.get("/progress"))
    assert stored(config, "SELECT kind FROM events") == [("lines-merged",)]
    assert again.status == 404


def test_nobody_is_merged_who_is_in_the_class_of_another(
    client: TestClient, config: Settings, teacher: Browser, room: Page
) -> None:
    other = make_class(instructor(client, config, name="Bob"))
    anna, ben = learner(client), learner(client)
    join(anna, code_of(room), "Anna")
    join(ben, code_of(room), "Ben")
    join(ben, code_of(other), "Ben elsewhere")

    refused = merge(teacher, room, "Anna", ids(config)["Ben"])

    assert refused.status == 422
    assert "One of them is in a class of another instructor" in refused.text
    assert not refused.can("Merge")


def test_nobody_is_merged_whose_unseen_answers_would_come_to_light(
    client: TestClient, config: Settings, clock: Clock, teacher: Browser, room: Page
) -> None:
    spy, anna = learner(client), learner(client)
    join(spy, code_of(room), "Spy")
    clock.forward(hours=1)
    give_up(anna, 2)
    clock.forward(hours=1)
    join(anna, code_of(room), "Anna")
    known = ids(config)

    asked = merge(teacher, room, "Anna", known["Spy"])
    address = f"{teacher.follow(room, 'Roster').address}/{known['Anna']}/merge"
    posted = teacher.client.post(address, data={"with": known["Spy"]})

    assert (asked.status, posted.status_code) == (422, 422)
    assert "You would come to see 2 of their answers" in asked.text
    assert stored(config, "SELECT count(*) FROM learners") == [(2,)]


def test_two_ids_are_two_people_and_a_line_is_not_merged_with_itself(
    teacher: Browser, room: Page, config: Settings
) -> None:
    paste(teacher, room, "Anna;1\nBen;2")
    known = ids(config)

    assert "so they are two people" in merge(teacher, room, "Anna", known["Ben"]).text
    assert "These are one line already" in merge(teacher, room, "Anna", known["Anna"]).text
    assert merge(teacher, room, "Anna", "none").status == 404
