"""The files of a class, taken out by its instructor."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from quiz.core.people import Person
from quiz.exports import workbook
from quiz.teaching.files import files
from tests.answering import give, samples, start, walk_to
from tests.browsing import Browser
from tests.conftest import Clock, change, stored
from tests.exports.reading import cells
from tests.staff import CLASS, enrol, sign_in
from tests.web.taking import EXPORTS, lines, rows, take

HOSTILE = '=HYPERLINK("http://x")'


@pytest.fixture
def ada(client: TestClient, config: Settings) -> Person:
    return sign_in(client, config)


@pytest.fixture
def answered(browser: Browser, config: Settings, ada: Person) -> Browser:
    """A class with one learner of a hostile name, who gave a right and an odd answer."""
    card = start(browser)
    give(browser, card, samples(config, card).right)
    give(browser, walk_to(browser, config, "text"), {"answer": ["-1"]})
    enrol(config, ada, HOSTILE)
    return browser


def test_the_page_offers_every_file_in_each_of_its_formats(answered: Browser) -> None:
    page = answered.get(EXPORTS)
    (form,) = (form for form in page.forms if form.has("CSV"))
    offered = {button.formaction for button in form.buttons}

    assert offered == {
        f"{EXPORTS}/{name}.{each}" for name, rows in files().items() for each in rows.FILE.formats
    }
    assert all(rows.FILE.sentence in page.text for rows in files().values())
    assert f"About {len(lines(answered, 'attempts'))} rows" in " ".join(page.text.split())


def test_every_file_that_is_offered_can_be_taken(answered: Browser) -> None:
    page = answered.get(EXPORTS)

    taken = [
        answered.client.get(button.formaction)
        for form in page.forms
        for button in form.buttons
        if button.formaction
    ]

    assert {file.status_code for file in taken} == {200}
    assert {file.headers["cache-control"] for file in taken} == {"no-store"}
    assert all(file.headers["content-disposition"].startswith("attachment;") for file in taken)


def test_a_hostile_name_and_an_odd_answer_stay_text_in_every_format(answered: Browser) -> None:
    guarded = rows(answered, "attempts")[-1]
    whole = lines(answered, "attempts")[-1]
    head, *others = cells(take(answered, "attempts.xlsx").content)
    sheet = dict(zip(head, others[-1], strict=True))

    assert (guarded["learner_name"], guarded["response_text"]) == ("'" + HOSTILE, "'-1")
    for found in (whole, sheet):
        assert (found["learner_name"], found["response_text"]) == (HOSTILE, "-1")
    assert (guarded["response"], whole["response"], sheet["response"]) == ('"-1"', "-1", '"-1"')
    assert guarded["class"] == "Databases, autumn"


def test_what_was_answered_before_joining_and_after_leaving_is_in_no_file(
    browser: Browser, config: Settings, ada: Person, clock: Clock
) -> None:
    def answer_first_card() -> str:
        card = start(browser)
        give(browser, card, samples(config, card).right)
        return re.sub(r".*/rounds/([^/]+)/.*", r"\1", card.address)

    answer_first_card()
    clock.forward(hours=1)
    enrol(config, ada, "Grace", joined_at=clock.now)
    seen = answer_first_card()
    clock.forward(hours=1)
    change(config, "UPDATE enrolments SET left_at = datetime(since_at, '+1 hour')")
    answer_first_card()

    assert [row["round_id"] for row in lines(browser, "attempts")] == [seen]
    assert [row["try_no"] for row in lines(browser, "attempts")] == [1]
    (only,) = lines(browser, "rounds")
    assert (only["round_id"], only["round_no"], only["state"]) == (seen, 1, "open")


def test_a_round_that_was_left_for_another_is_stopped(
    browser: Browser, config: Settings, ada: Person
) -> None:
    card = start(browser)
    give(browser, card, samples(config, card).right)
    start(browser)
    enrol(config, ada, "Grace")

    first, second = lines(browser, "rounds")

    assert (first["state"], first["n_answered"], first["n_first_try"]) == ("stopped", 1, 1)
    assert (second["state"], second["n_answered"], second["duration_s"]) == ("open", 0, None)
    assert first["score"] == 1.0
    assert first["scaled"] == round(1 / first["max_score"], 4)


def test_without_names_a_learner_has_one_hash_in_a_file_and_another_in_the_next(
    answered: Browser, config: Settings
) -> None:
    known = str(stored(config, "SELECT public_id FROM learners")[0][0])

    found = [rows(answered, "attempts", pseudonymous="1") for _ in range(2)]
    first, second = ({row["learner_id"] for row in each} for each in found)

    assert (len(first), len(second)) == (1, 1)
    assert first != second
    assert all(re.fullmatch(r"[0-9a-f]{32}", each) for each in first)
    assert {(row["learner_name"], row["external_id"]) for row in found[0]} == {("", "")}
    for name, file in files().items():
        for each in file.FILE.formats:
            made = take(answered, f"{name}.{each}", pseudonymous="1").content
            told = str(cells(made)) if each == "xlsx" else made.decode()
            assert known not in told
            assert "HYPERLINK" not in told


def test_a_mark_for_spreadsheets_is_left_out_on_demand(answered: Browser) -> None:
    assert take(answered, "rounds.csv").content.startswith(b"\xef\xbb\xbfschema_version")
    assert take(answered, "rounds.csv", bom="0").content.startswith(b"schema_version")


def test_a_file_is_named_after_its_class_whatever_that_is_called(
    answered: Browser, config: Settings
) -> None:
    change(config, "UPDATE classes SET name = '../../Bücher: \"a\" 🦆' || char(8238) || '%41'")

    said = take(answered, "attempts.csv").headers["content-disposition"]

    assert said.startswith('attachment; filename="attempts Bucher a 41.csv"; ')
    assert unquote(said.partition("filename*=UTF-8''")[2]) == "attempts Bücher a 🦆 41.csv"


@pytest.mark.parametrize("file", ["attempts.pdf", "attempts", "nothing.csv", "%2e%2e"])
def test_a_file_that_there_is_not_is_told_with_those_that_there_are(
    answered: Browser, file: str
) -> None:
    page = answered.get(f"{EXPORTS}/{file}")

    assert page.status == 404
    assert "attempts.xlsx" in page.text


def test_another_instructor_finds_the_class_as_little_as_one_that_is_not_there(
    answered: Browser, config: Settings
) -> None:
    sign_in(answered.client, config, name="Eve")
    missing = EXPORTS.replace(CLASS, "no-such-class")

    for path in ("", "/attempts.csv"):
        hidden = answered.get(EXPORTS + path)
        assert hidden.status == 404
        assert hidden.html == answered.get(missing + path).html


def test_a_class_too_large_for_a_spreadsheet_is_told_so_on_a_page(
    answered: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)

    page = answered.get(f"{EXPORTS}/attempts.xlsx")

    assert page.status == 422
    assert "Take it as CSV or NDJSON" in page.text


def test_a_look_at_the_headers_makes_no_file(answered: Browser) -> None:
    head = answered.client.head(f"{EXPORTS}/attempts.csv")

    assert head.status_code == 200
    assert head.headers["content-disposition"].startswith('attachment; filename="attempts ')


def test_it_can_be_traced_who_took_what(answered: Browser, config: Settings, ada: Person) -> None:
    take(answered, "rounds.csv", pseudonymous="1")

    (found,) = stored(
        config, "SELECT person_id, subject, details FROM events WHERE kind = 'export'"
    )

    assert found[:2] == (ada.id, CLASS)
    assert json.loads(str(found[2])) == {"file": "rounds.csv", "pseudonymous": True}


def test_a_class_of_nobody_has_files_with_a_header_alone(
    browser: Browser, config: Settings, ada: Person
) -> None:
    start(browser)
    enrol(config, ada, "Grace")
    change(config, "DELETE FROM enrolments")

    assert rows(browser, "attempts") == []
    assert take(browser, "attempts.csv").text.startswith("\ufeffschema_version,attempt_id,")
    assert len(cells(take(browser, "rounds.xlsx").content)) == 1
