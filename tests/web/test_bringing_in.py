"""A learner brings in a file that they took out, and it is as if they had answered here."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from quiz.config import Settings, settings
from quiz.practice.own import bringing
from quiz.web.app import MAX_FILES, create_app
from quiz.web.forms import DATA, MAX_FILE
from tests.answering import give, samples, start
from tests.browsing import Browser, Page
from tests.conftest import HOME, Clock, change, publish, stored
from tests.schoolroom import code_of, give_up, instructor, join, learner, make_class, words

FILE = "/my-data.json"
PROGRESS = {
    "memories": "pack_id, objective_id, stability_days, difficulty, reviewed_at, due_at",
    "topic_progress": 'pack_id, topic_id, answered, "right", tried, first_try_right, last_at',
}


def send(browser: Browser, data: bytes | str) -> Response:
    return browser.client.post(DATA, files={"file": ("my-data.json", data)})


def page(browser: Browser, data: bytes | str) -> Page:
    response = send(browser, data)
    return Page(str(response.url), response.status_code, response.text)


def months(browser: Browser, config: Settings, clock: Clock) -> str:
    """Answer for some weeks, right and wrong, with and without hints, and take the file out."""
    for number in range(4):
        card = start(browser, size=5)
        for position in range(5):
            card = browser.submit(card, "Hint 1") if number and card.can("Hint 1") else card
            forms = samples(config, card)
            card = give(browser, card, forms.right if (number + position) % 3 else forms.wrong)
            card = browser.submit(card, "Continue") if card.can("Continue") else card
            clock.forward(minutes=1)
        clock.forward(days=3)
    give_up(browser, 2)
    return browser.client.get(FILE).text


def progress(config: Settings, learner: int) -> list[object]:
    quote = "`" if config.database_url.startswith("mysql") else '"'
    return [
        sorted(stored(config, f"SELECT {names} FROM {table} WHERE learner_id = {learner}"))  # noqa: S608
        for table, names in ((t, n.replace('"', quote)) for t, n in PROGRESS.items())
    ]


@pytest.mark.every_engine
def test_another_browser_has_the_same_progress_and_nothing_counts_twice(
    client: TestClient, config: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "BATCH", 7)
    laptop, phone = learner(client), learner(client)
    file = months(laptop, config, clock)

    first, again = page(phone, file), page(phone, file)
    give_up(laptop)
    grown = page(phone, laptop.client.get(FILE).text)
    back = page(laptop, phone.client.get(FILE).text)

    assert "22 answers brought in" in words(first)
    assert "0 answers brought in" in words(again)
    assert "22 answers were here already" in words(again)
    assert "1 answer brought in" in words(grown)
    assert "23 answers were here already" in words(back)
    assert progress(config, 1) == progress(config, 2)
    assert words(laptop.get("/progress")) == words(phone.get("/progress"))


def test_an_empty_instance_shows_the_same_progress_and_the_same_is_due(
    browser: Browser, config: Settings, clock: Clock, tmp_path: Any
) -> None:
    file = months(browser, config, clock)
    clock.forward(days=5)
    pages = ("/", "/progress", "/packs/python-basics", "/packs/python-basics/topics/names")
    change(config, "UPDATE rounds SET finished_at = started_at")  # one to go on with stays there
    (tmp_path / "empty").mkdir()
    empty = settings({"QUIZ_DATA": str(tmp_path / "empty"), "QUIZ_CONTENT": str(config.content)})
    publish(empty)

    with TestClient(create_app(empty, clock=clock), base_url=HOME) as client:
        other = Browser(client)
        assert "22 answers brought in" in words(page(other, file))
        there = [words(other.get(path)) for path in pages]

    assert there == [words(browser.get(path)) for path in pages]
    assert progress(empty, 1) == progress(config, 1)


def test_no_class_and_no_export_shows_what_was_brought_in(
    client: TestClient, config: Settings
) -> None:
    laptop, phone, teacher = learner(client), learner(client), instructor(client, config)
    give_up(laptop, 3)
    room = make_class(teacher)
    join(phone, code_of(room), "Zoë")

    page(phone, laptop.client.get(FILE).text)

    assert "3 answers so far" in words(phone.get("/progress"))
    at = room.address.rpartition("/")[0]
    for name in ("attempts", "rounds"):
        assert len(teacher.client.get(f"{at}/exports/{name}.csv").text.splitlines()) == 1
    assert "Share what I answered before" not in learner(client).get(f"/join/{code_of(room)}").text


def test_answers_to_questions_that_are_not_here_are_left_out_and_told(
    client: TestClient, config: Settings
) -> None:
    laptop, phone = learner(client), learner(client)
    give_up(laptop, 2)
    file = laptop.client.get(FILE).text
    first = json.loads(file)["attempts"][0]["question"]

    some = page(phone, file.replace(f'"question": "{first}"', '"question": "another"'))
    none = page(learner(client), file.replace("python-basics", "another"))

    assert "1 answer brought in" in words(some)
    assert "1 answer to questions that are not here was left out" in words(some)
    assert none.status == 422
    assert "the questions of all 2 answers are not here" in words(none)
    assert stored(config, "SELECT count(*) FROM learners") == [(2,)]


def alter(**fields: Any) -> Callable[[Any], None]:
    return lambda file: file["attempts"][0].update(fields)


BAD: dict[str, Callable[[Any], object]] = {
    "format: it is 'quizpack-json/1'": lambda file: file.update(format="quizpack-json/1"),
    "it does not say that it is a file of Self-quiz": lambda file: file.pop("format"),
    "there is no round 'x' in the file": alter(round="x"),
    "attempts[1]: `rev` is missing": lambda file: file["attempts"][1].pop("rev"),
    "attempts[0].score: '1.1' breaks": alter(score=1.1),
    "attempts[0].position: '10000' breaks": alter(position=10_000),
    "attempts[0].question: '../x' breaks": alter(question="../x"),
    "attempts[0].misconceptions: 'x' is not of the type array": alter(misconceptions="x"),
    "attempts[0].hints: 'True' is not of the type integer": alter(hints=True),
    "attempts[0].answered_at: '2027": alter(answered_at="2027-01-01T00:00:00.000000Z"),
    "there is no time '2026-02-30": alter(answered_at="2026-02-30T00:00:00.000000Z"),
    "only an answer with the score 1 is correct": alter(response=["a"], correct=True),
    "an answer without a response is worth 0": alter(score=1.0),
    "attempts[0]: '5' is not of the type object": lambda file: file.update(attempts=[5]),
    "rounds[0].mode: 'exam' is not allowed": lambda file: file["rounds"][0].update(mode="exam"),
    "holds a NUL character": alter(response=["a\0b"]),
    "holds more than an answer can": alter(response=[0] * 3_000),
    "the file holds more": alter(response="x" * 60_000),
    "the file is nested too deeply": alter(response=[[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]]),
}


@pytest.mark.parametrize("sentence", BAD)
def test_a_bad_file_changes_nothing_and_says_what_is_wrong(
    client: TestClient, config: Settings, sentence: str
) -> None:
    laptop, phone = learner(client), learner(client)
    give_up(laptop, 2)
    file = json.loads(laptop.client.get(FILE).text)
    BAD[sentence](file)

    refused = page(phone, json.dumps(file))

    assert refused.status == 422
    assert sentence in words(refused)
    assert "Nothing was brought in" in words(refused)
    assert stored(config, "SELECT count(*), count(DISTINCT learner_id) FROM attempts") == [(2, 1)]
    assert stored(config, "SELECT count(*) FROM learners") == [(1,)]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("", "Choose a file first"),
        ("Dear Self-quiz", "is no JSON, or was cut short"),
        ('{"format": "selfquiz-learner/1", "attempts": [', "is no JSON, or was cut short"),
        ('{"format": "selfquiz-learner/1", "attempts": [NaN]}', "is no JSON, or was cut short"),
        (b'{"format": "\xff"}', "is no JSON, or was cut short"),
        ("[" * 100_000, "is no JSON object"),
        ('{"format":' + "[" * 100_000, "is nested too deeply"),
        ('{"format": "selfquiz-learner/1"}', "the file holds no answers"),
    ],
)
def test_what_is_no_such_file_is_refused(
    client: TestClient, data: bytes | str, sentence: str
) -> None:
    refused = page(learner(client), data)

    assert refused.status == 422
    assert sentence in words(refused)


def test_only_one_file_of_a_size_is_taken(browser: Browser) -> None:
    client = browser.client

    assert client.post(DATA, data={"file": "x"}).status_code == 400
    assert client.post(DATA, files={"another": ("x", b"x")}).status_code == 400
    assert client.post(DATA, files=[("file", ("x", b"x"))] * 2).status_code == 400
    too_long = client.post(DATA, content=b"x" * (MAX_FILE + 1))
    assert too_long.status_code == 413
    assert "A file may have 20 MB." in too_long.text


def test_files_a_minute_have_an_end(browser: Browser) -> None:
    found = [send(browser, "x").status_code for _ in range(MAX_FILES + 1)]

    assert found == [*[422] * MAX_FILES, 429]
