"""`quiz stats` says what pages and files say."""

from __future__ import annotations

import csv
import json
from typing import Any

import pytest
from sqlalchemy import insert
from typer.testing import CliRunner

from quiz.cli import app
from quiz.core.definitions import DEFINITIONS, FLAGS
from quiz.core.errors import QuizError
from quiz.exports.cells import time_text
from quiz.exports.items import ITEMS, OPTIONS, items_rows, options_rows
from quiz.exports.lines import csv_body, csv_head
from quiz.storage.engine import connected
from quiz.storage.library import Library
from quiz.storage.migrate import migrate
from quiz.storage.school import ClassRow, EnrolmentRow, PersonRow
from quiz.storage.scopes import EVERYBODY
from quiz.teaching.analysis import analysis
from tests.conftest import run
from tests.school import Author, School
from tests.storage.made import NOW, make_learner
from tests.test_docs import table

LEARNERS = 12


async def _fill(url: str) -> None:
    """Twelve learners: the first four knew nothing, and the last eight all of it but `int`."""
    async with connected(url) as db:
        await migrate(db, now=NOW)
        school = School(db, Author())
        await school.publish()
        for learner in range(1, LEARNERS + 1):
            await make_learner(db, learner)
            knows = learner > 4
            for id, right in (("for-else", knows), ("while", knows), ("int", not knows)):
                response = ["a"] if right else ["b"]
                await school.answer(id, float(right), learner, response=response)
        await _classes(school)


async def _classes(school: School) -> None:
    async with school.db.writing.begin() as session:
        person = {"public_id": "p", "name": "Ada", "name_key": "ada", "role": "instructor"}
        await session.execute(
            insert(PersonRow), [{"id": 1, **person, "recovery": [], "created_at": NOW}]
        )
        rooms = [
            {"id": n, "public_id": f"class-{n}", "owner_id": 1, "name": name, "code": str(n)}
            for n, name in enumerate(["Small", "Twin", "Twin"], 1)
        ]
        await session.execute(insert(ClassRow), [{**room, "created_at": NOW} for room in rooms])
        line = {"class_id": 1, "public_id": "e", "name": "e", "external_id": "", "learner_id": 1}
        line |= {"shares_certainty": False, "created_at": NOW, "since_at": NOW}
        await session.execute(insert(EnrolmentRow), [line])


@pytest.fixture
def answered(url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    run(_fill(url))
    monkeypatch.setenv("QUIZ_DATABASE_URL", url)
    return url


def told(*words: str) -> str:
    result = CliRunner().invoke(app, ["stats", *words])
    if isinstance(result.exception, QuizError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def as_json(*words: str) -> Any:
    return json.loads(told("pack", "--format", "json", *words))[0]


@pytest.mark.every_engine
def test_the_numbers_are_those_of_pages_and_files(answered: str) -> None:
    async def look() -> Any:
        async with connected(answered) as db:
            return await analysis(db, Library(), EVERYBODY, "pack", "practice", clock=lambda: NOW)

    found = as_json()
    kept = run(look())

    assert found["items"] == items_rows(kept)
    assert found["options"] == options_rows(kept)
    assert found["set"]["cic"] == kept.whole.cic
    assert found["computed_at"] == time_text(kept.computed_at)
    assert list(found["items"][0]) == list(ITEMS.names)
    assert list(found["options"][0]) == list(OPTIONS.names)
    lines = csv_head(ITEMS) + csv_body(ITEMS, found["items"])
    assert [row["facility"] for row in csv.DictReader(lines.splitlines())] == [
        str(question.numbers.facility) for question in kept.questions
    ]


def test_a_question_that_those_who_know_the_rest_get_wrong_is_suspected(answered: str) -> None:
    found = as_json()

    assert {row["question_id"]: row["flags"] for row in found["items"]}["int"] == [
        "key-suspect",
        "too-hard",
        "dubious",
    ]
    suspected = [row["option"] for row in found["options"] if "key-suspect" in row["flags"]]
    assert suspected == ["b"]
    assert found["flags"] == FLAGS
    assert found["definitions"].keys() == DEFINITIONS.keys()


def test_a_table_has_every_number_with_its_definition_and_every_gap_with_its_reason(
    answered: str,
) -> None:
    everybody, small = told("pack"), told("pack", "--class", "Small")

    assert "12 learners, 3 questions tried; scores are marks of 3" in everybody
    assert "needs 10 answers" not in everybody
    for label in ("discrimination", "efficiency", "consistency", "point-biserial"):
        assert f"\n{label}: " in everybody
    assert "key-suspect: " in everybody
    assert "✓ a yes" in everybody
    assert "class Small" in small
    assert "needs 10 answers" in small


def test_exams_are_counted_apart(answered: str) -> None:
    assert {row["n"] for row in as_json("--mode", "exam")["items"]} == {0}
    assert as_json("--mode", "exam")["reasons"]["set"]["mean"] == "nobody has answered yet"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["pcak"], "No pack 'pcak' is published. Those that are: pack."),
        (["pack", "--class", "Smal"], "There is no class 'Smal'."),
        (["pack", "--class", "Twin"], "2 classes are called 'Twin'. .*: class-2, class-3."),
    ],
)
def test_what_is_not_there_is_told_with_what_is(answered: str, words: list[str], said: str) -> None:
    with pytest.raises(QuizError, match=said):
        told(*words)


def test_a_class_may_be_named_by_its_id(answered: str) -> None:
    assert as_json("--class", "class-1")["items"][0]["n"] == 1


def test_the_authors_guide_names_every_flag() -> None:
    assert table("flag", "How questions do").keys() == FLAGS.keys()
