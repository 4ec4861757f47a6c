"""A learner takes out all that is theirs, and deletes it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from quiz.config import Settings
from quiz.practice.own import taking
from quiz.practice.own.schema import schema
from tests.answering import start, walk_to
from tests.browsing import Browser
from tests.conftest import Clock, change, stored
from tests.schoolroom import code_of, give_up, instructor, join, learner, make_class, words

FILE = "/my-data.json"


def taken(browser: Browser) -> Any:
    """Return the file of a learner, which follows its schema."""
    data = json.loads(browser.client.get(FILE).text)
    Draft202012Validator(schema()).validate(data)
    return data


def report(browser: Browser, text: str) -> None:
    card = start(browser)
    browser.client.post(f"{card.address}/report", data={"report": text})


@pytest.mark.every_engine
def test_a_file_holds_all_that_is_kept_of_a_learner_and_nothing_of_others(
    client: TestClient, config: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "PAGE", 2)
    pupil, other = learner(client), learner(client)
    join(pupil, code_of(make_class(instructor(client, config))), "Änne 🌲")
    give_up(other)
    give_up(pupil, 3)
    report(pupil, "It is\nnot “so”.")

    file = taken(pupil)

    assert [a["position"] for a in file["attempts"]] == [1, 2, 3]
    assert {a["round"] for a in file["attempts"]} == {file["rounds"][0]["id"]}
    assert [len(file[name]) for name in ("rounds", "cards", "memories")] == [2, 26, 3]
    assert [each["text"] for each in file["reports"]] == ["It is\nnot “so”."]
    (membership,) = file["memberships"]
    assert (membership["class"], membership["instructor"]) == ("Databases", "Ada")
    assert membership["name"] == "Änne 🌲"


def test_a_file_holds_no_secret_and_is_kept_by_nobody_on_the_way(
    client: TestClient, browser: Browser, config: Settings
) -> None:
    walk_to(browser, config, "text")

    response = client.get(FILE)

    secrets = stored(config, "SELECT secret FROM rounds UNION SELECT digest FROM learner_tokens")
    assert len(secrets) == 2
    assert [secret for (secret,) in secrets if str(secret) in response.text] == []
    assert client.cookies["sid"] not in response.text
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["content-type"] == "application/json"
    assert response.headers["content-disposition"] == 'attachment; filename="my-data.json"'
    assert client.head(FILE).headers["content-type"] == "application/json"


def test_questions_and_topics_stand_under_the_ids_that_they_have_now(
    client: TestClient, browser: Browser, config: Settings
) -> None:

    give_up(browser)
    change(config, "UPDATE questions SET renamed_to = 'another-question'")
    change(config, "UPDATE objectives SET renamed_to = 'another-objective'")
    change(config, "UPDATE topics SET renamed_to = 'another-topic'")

    file = taken(browser)

    (attempt,) = file["attempts"]
    assert attempt["question"] == file["cards"][0]["question"] == "another-question"
    assert (attempt["objective"], attempt["topic"]) == ("another-objective", "another-topic")


def test_who_has_done_nothing_has_nothing_to_take_out_or_delete(client: TestClient) -> None:
    nobody = learner(client)

    file, page = nobody.client.get(FILE), nobody.get("/settings/data")

    assert file.status_code == 404
    assert "it has not started a round" in file.text
    assert "it has not started a round" in page.text
    assert nobody.get("/settings/data/delete").address.endswith("/settings/data")
    assert nobody.client.post("/settings/data/delete").status_code == 200


@pytest.mark.every_engine
def test_all_is_deleted_after_one_more_question(client: TestClient, config: Settings) -> None:
    pupil, other = learner(client), learner(client)
    teacher = instructor(client, config)
    room = make_class(teacher)
    join(pupil, code_of(room), "Zoë")
    give_up(pupil, 2)
    report(pupil, "Odd.")
    give_up(other)

    asked = pupil.follow(pupil.follow(pupil.get("/settings"), "See to your data"), "Delete my data")
    done = pupil.submit(asked, "Delete everything")

    assert "2 answers in 2 rounds" in words(asked)
    assert "1 report" in words(asked)
    assert "1 class" in words(asked)
    assert "Everything is deleted" in words(done)
    assert pupil.client.cookies.get("sid") is None
    assert pupil.client.get(FILE).status_code == 404
    counts = "SELECT count(*), count(DISTINCT learner_id) FROM "
    assert stored(config, counts + "attempts") == [(1, 1)]
    assert stored(config, counts + "enrolments") == stored(config, counts + "reports") == [(0, 0)]
    assert "Zoë" not in teacher.follow(room, "Roster").text


def test_the_browsers_of_who_is_gone_are_known_no_more(client: TestClient, clock: Clock) -> None:
    laptop, phone = learner(client), learner(client)
    card = give_up(laptop)
    made = laptop.submit(laptop.get("/settings/elsewhere"), "Make a code")
    code = re.search(r"(?:[2-9A-Z]{4}-){2}[2-9A-Z]{4}", made.text)
    assert code
    phone.submit(phone.get(f"/go-on/{code[0]}"), "Go on here")
    assert "all 2 browsers that are yours" in words(phone.get("/settings/data/delete"))

    phone.client.post("/settings/data/delete")

    assert laptop.get(card.address).status == 404
    assert "Nothing yet" in words(laptop.get("/progress"))
    assert give_up(laptop).status == 200
