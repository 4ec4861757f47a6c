"""`quiz classes`: a roster from a file, told in the end or told by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from quiz.cli import app
from quiz.config import Settings
from quiz.core.errors import OperatorError
from tests.conftest import stored
from tests.schoolroom import code_of, instructor, join, learner, make_class


@pytest.fixture(autouse=True)
def here(config: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZ_DATABASE_URL", config.database_url)
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    path.write_text("\ufeffname,external_id\nAnna Müller,1\nBen,2\n", encoding="utf-8")
    return path


def quiz(*words: str) -> Result:
    return CliRunner().invoke(app, ["classes", *words], catch_exceptions=False)


def test_classes_are_listed_with_who_teaches_them(client: TestClient, config: Settings) -> None:
    room = make_class(instructor(client, config), "[Data] bases")
    join(learner(client), code_of(room), "Anna")

    listed = quiz("list").stdout.splitlines()

    assert listed[0].split() == ["class", "name", "instructor", "code", "learners"]
    assert listed[1].split()[1:] == ["[Data]", "bases", "Ada", code_of(room), "1"]


def test_a_roster_is_added_to_a_class_by_its_name_and_then_changes_nothing(
    client: TestClient, config: Settings, roster: Path
) -> None:
    make_class(instructor(client, config), "Databases")

    first, again = (
        quiz("roster", "Databases", str(roster)),
        quiz("roster", "Databases", str(roster)),
    )

    assert "2 added, 0 changed, 0 as they were." in first.stdout
    assert "0 added, 0 changed, 2 as they were." in again.stdout
    assert stored(config, "SELECT name FROM enrolments") == [("Anna Müller",), ("Ben",)]


def test_a_wrong_line_is_told_with_its_place_and_nothing_is_added(
    client: TestClient, config: Settings, roster: Path
) -> None:
    make_class(instructor(client, config), "Databases")
    roster.write_text("Anna;1\n;2\n")

    result = quiz("roster", "Databases", str(roster))

    assert result.exit_code == 1
    assert f"{roster}:2: A name has 1 to 60 characters; this one is empty." in result.stdout
    assert stored(config, "SELECT count(*) FROM enrolments") == [(0,)]


def test_a_class_that_is_not_clear_is_asked_for_by_its_id(
    client: TestClient, config: Settings, roster: Path
) -> None:
    teacher = instructor(client, config)
    with pytest.raises(OperatorError, match="No classes are called “Databases”"):
        quiz("roster", "Databases", str(roster))
    make_class(teacher, "Databases")
    make_class(teacher, "Databases")

    with pytest.raises(OperatorError, match=r"2 classes are called “Databases”\. Name one by"):
        quiz("roster", "Databases", str(roster))
    [(first,), _] = stored(config, "SELECT public_id FROM classes ORDER BY id")
    assert "2 added" in quiz("roster", str(first), str(roster)).stdout


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(None, "cannot be read: No such file"), (b"M\xfcller;1", "is not UTF-8 at byte 1")],
)
def test_a_file_that_cannot_be_read_is_told(
    client: TestClient, tmp_path: Path, data: bytes | None, sentence: str
) -> None:
    path = tmp_path / "other.csv"
    if data:
        path.write_bytes(data)

    with pytest.raises(OperatorError, match=sentence):
        quiz("roster", "Databases", str(path))
