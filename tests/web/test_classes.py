"""Classes of instructors: made, opened by a code, put away, and nobody else's business."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from tests.conftest import Clock
from tests.schoolroom import code_of, instructor, join, learner, make_class, words

HOSTILE = '=HYPERLINK("http://x")'


def test_a_class_is_made_by_its_name_and_listed(client: TestClient, config: Settings) -> None:
    teacher = instructor(client, config)

    page = make_class(teacher, "Databases <b>& more</b>")

    assert page.status == 200
    assert "Databases <b>& more</b>" in page.text
    assert "Databases <b>& more</b>" in teacher.get("/classes").text


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("  ", "this one is empty"),
        ("x" * 121, "this one has 121"),
        ("\u200b", "none that can be seen"),
    ],
)
def test_a_class_needs_a_name_and_what_was_typed_is_kept(
    client: TestClient, config: Settings, name: str, sentence: str
) -> None:
    teacher = instructor(client, config)

    page = make_class(teacher, name)

    assert page.status == 422
    assert "The name of a class has 1 to 120 characters" in page.text
    assert sentence in page.text
    assert page.form_with("Make the class").defaults()["name"] == [name]


def test_a_class_shows_its_code_its_link_and_a_picture_of_it(
    client: TestClient, config: Settings
) -> None:
    teacher = instructor(client, config)
    page = make_class(teacher)

    picture = teacher.client.get(page.address.replace("settings", "qr.svg"))

    assert f"http://127.0.0.1:8000/join/{code_of(page)}" in page.text
    assert picture.headers["content-type"] == "image/svg+xml"
    assert picture.text.startswith("<svg ")


def test_a_class_is_renamed(client: TestClient, config: Settings) -> None:
    teacher = instructor(client, config)
    settings = make_class(teacher)

    refused = teacher.submit(settings, "Rename", {"name": [""]})
    page = teacher.submit(settings, "Rename", {"name": [HOSTILE]})

    assert (refused.status, page.status) == (422, 200)
    assert HOSTILE in page.text


def test_a_new_code_replaces_the_old_one(client: TestClient, config: Settings) -> None:
    teacher = instructor(client, config)
    page = make_class(teacher)
    old = code_of(page)

    new = code_of(teacher.submit(page, "Make a new code", {}))

    assert new != old
    assert learner(client).get(f"/join/{old}").status == 404
    assert learner(client).get(f"/join/{new}").status == 200


def test_an_archived_class_opens_to_nobody_until_it_is_fetched_back(
    client: TestClient, config: Settings
) -> None:
    teacher, pupil = instructor(client, config), learner(client)
    page = make_class(teacher)
    code = code_of(page)
    settings = page

    archived = teacher.submit(settings, "Archive", {})
    shut = pupil.get(f"/join/{code}")
    teacher.submit(archived, "Fetch back", {})

    assert "Archived on 25 Nov 2026" in words(archived)
    assert shut.status == 404
    assert pupil.get(f"/join/{code}").status == 200


def test_the_roster_lists_who_is_in_and_who_has_left(
    client: TestClient, config: Settings, clock: Clock
) -> None:
    teacher, anna, ben = instructor(client, config), learner(client), learner(client)
    page = make_class(teacher)
    code = code_of(page)
    join(anna, code, HOSTILE)
    join(ben, code, "Ben")
    clock.forward(hours=1)
    ben.submit(ben.follow(ben.get("/settings"), "Change the name or leave"), "Leave")

    roster = words(teacher.follow(page, "Roster"))

    assert f"{HOSTILE} joined on 25 Nov 2026" in roster
    assert "Ben left on 25 Nov 2026" in roster
    assert "1 learner;" in words(teacher.follow(page, "Overview"))
    assert "1 learner," in words(teacher.get("/classes"))


def test_a_class_of_somebody_else_is_not_found_in_the_words_of_one_that_is_not(
    client: TestClient, config: Settings
) -> None:
    ada, bob = instructor(client, config), instructor(client, config, name="Bob")
    admin = instructor(client, config, name="Root")
    hers = make_class(ada)
    path = hers.address.removeprefix("http://127.0.0.1:8000").removesuffix("/settings")

    for address in (path, f"{path}/settings", f"{path}/roster", f"{path}/qr.svg"):
        missing = bob.client.get(address.replace(path, "/classes/none"))
        for other in (bob, admin):
            found = other.client.get(address)
            assert (found.status_code, found.content) == (404, missing.content)
    for act in ("rename", "archive", "renew"):
        assert bob.client.post(f"{path}/settings", data={"do": act, "name": "x"}).status_code == 404
    assert code_of(ada.get(f"{path}/settings")) == code_of(hers)


def test_an_act_that_no_class_knows_is_refused(client: TestClient, config: Settings) -> None:
    teacher = instructor(client, config)
    page = make_class(teacher)

    refused = teacher.client.post(page.address, data={"do": "delete"})

    assert refused.status_code == 400
    assert "A class can rename, archive, fetch, renew, not “delete”." in refused.text
