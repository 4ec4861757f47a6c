"""Rosters: pasted in, joined, corrected."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from tests.browsing import Browser, Page
from tests.conftest import stored
from tests.schoolroom import code_of, ids, instructor, join, learner, make_class, paste, words

HOSTILE = '=HYPERLINK("http://x")'
LINES = "SELECT name, external_id, learner_id IS NOT NULL FROM enrolments ORDER BY id"


@pytest.fixture
def teacher(client: TestClient, config: Settings) -> Browser:
    return instructor(client, config)


@pytest.fixture
def room(teacher: Browser) -> Page:
    """The settings of a class, where its code stands."""
    return make_class(teacher)


@pytest.mark.every_engine
def test_a_roster_is_imported_again_and_brought_up_to_date(
    client: TestClient, config: Settings
) -> None:
    teacher = instructor(client, config)
    room = make_class(teacher)

    first = paste(teacher, room, f"name;external_id\nAnna Müller;1\n{HOSTILE};2\nEve")
    again = paste(teacher, room, f"{HOSTILE};2\nAnna Maier;1\nEve;3\nÖzil;4")

    assert "3 added, 0 changed, 0 same" in words(first)
    assert "1 added, 2 changed, 1 same" in words(again)
    assert stored(config, "SELECT name, external_id FROM enrolments ORDER BY external_id") == [
        ("Anna Maier", "1"),
        (HOSTILE, "2"),
        ("Eve", "3"),
        ("Özil", "4"),
    ]


def test_a_roster_with_one_wrong_line_changes_nothing_and_is_kept_in_its_field(
    teacher: Browser, room: Page, config: Settings
) -> None:
    text = "Anna;1\n;2\nBen;1"

    page = paste(teacher, room, text)

    assert page.status == 422
    assert "Nothing was imported" in page.text
    assert "Line 2: A name has 1 to 60 characters; this one is empty." in page.text
    assert "Line 3: The external id “1” stands in line 1 already." in page.text
    assert page.form_with("Import").defaults()["roster"] == [text]
    assert stored(config, LINES) == []


def test_a_long_roster_fits_and_a_longer_one_is_told(teacher: Browser, room: Page) -> None:
    many = "\n".join(f"Learner number {n};{n}" for n in range(1000))

    assert "1000 added" in paste(teacher, room, many).text
    assert "30,000 are allowed" in paste(teacher, room, "x" * 30_001).text


def test_who_joins_under_a_name_that_waits_takes_the_line(
    client: TestClient, teacher: Browser, room: Page, config: Settings
) -> None:
    paste(teacher, room, "Anna Müller;1\nBen;2")

    page = join(learner(client), code_of(room), " anna  MÜLLER ")
    join(learner(client), code_of(room), "Anna Müller")

    assert "You are in Databases as Anna Müller" in words(page)
    assert stored(config, LINES) == [
        ("Anna Müller", "1", 1),
        ("Ben", "2", 0),
        ("Anna Müller", "", 1),
    ]


def test_of_two_lines_with_one_name_nobody_takes_any(
    client: TestClient, teacher: Browser, room: Page, config: Settings
) -> None:
    paste(teacher, room, "Anna;1\nAnna;2")

    join(learner(client), code_of(room), "Anna")

    assert stored(config, LINES) == [("Anna", "1", 0), ("Anna", "2", 0), ("Anna", "", 1)]


def test_a_line_is_corrected_and_an_id_is_given_once(
    teacher: Browser, room: Page, config: Settings
) -> None:
    paste(teacher, room, "Anna;1\nBen;2")
    line = teacher.follow(teacher.follow(room, "Roster"), "Ben")

    taken = teacher.submit(line, "Save", {"name": ["Ben"], "external_id": ["1"]})
    empty = teacher.submit(line, "Save", {"name": [""], "external_id": ["2"]})
    teacher.submit(line, "Save", {"name": [HOSTILE], "external_id": [""]})

    assert (taken.status, empty.status) == (422, 422)
    assert "“1” is the external id of Anna in this class." in taken.text
    assert stored(config, LINES) == [("Anna", "1", 0), (HOSTILE, "", 0)]


def test_a_line_that_waits_is_removed_and_a_learner_is_put_out(
    client: TestClient, teacher: Browser, room: Page, config: Settings
) -> None:
    paste(teacher, room, "Anna;1")
    join(learner(client), code_of(room), "Ben")

    for name in ("Anna", "Ben"):
        line = teacher.follow(teacher.follow(room, "Roster"), name)
        page = teacher.submit(line, "Remove from the class", {})

    assert "Ben left on 25 Nov 2026" in words(page).replace("Ben  ", "Ben ")
    assert stored(config, LINES) == [("Ben", "", 1)]


def test_the_lines_of_another_class_are_not_found_in_the_words_of_none(
    client: TestClient, config: Settings, teacher: Browser, room: Page
) -> None:
    paste(teacher, room, "Anna;1")
    line = ids(config)["Anna"]
    bob = instructor(client, config, name="Bob")
    own = make_class(bob).address.removesuffix("/settings")
    hers = room.address.removesuffix("/settings")

    for place in (hers, own):
        for path in ("", "/merge?with=x"):
            found = bob.client.get(f"{place}/roster/{line}{path}")
            missing = bob.client.get(f"{place}/roster/none{path}")
            assert (found.status_code, found.content) == (404, missing.content)
        for path in ("", "/remove", "/merge"):
            data = {"name": "Mallory", "external_id": "", "with": line}
            assert bob.client.post(f"{place}/roster/{line}{path}", data=data).status_code == 404
    assert bob.client.post(f"{hers}/roster", data={"roster": "Eve"}).status_code == 404
    assert stored(config, LINES) == [("Anna", "1", 0)]
