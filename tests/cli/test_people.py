"""`quiz people`: the first way in, and what to do when one is lost."""

from __future__ import annotations

import getpass
import re
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from quiz.cli import app
from quiz.core.errors import QuizError


@pytest.fixture
def quiz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("QUIZ_DATA", str(tmp_path))
    return CliRunner()


def people(quiz: CliRunner, *words: str, given: str = "") -> Result:
    return quiz.invoke(app, ["people", *words], input=given)


def refused(result: Result) -> str:
    assert isinstance(result.exception, QuizError), result.output
    return str(result.exception)


def test_a_person_is_made_with_a_password_that_is_asked_for_twice(quiz: CliRunner) -> None:
    given = "three words here\nthree words here\n"

    made = people(quiz, "add", "Ada", "--role", "instructor", given=given)
    listed = people(quiz, "list")

    assert "Ada can sign in at http://127.0.0.1:8000/sign-in" in made.output
    assert "three words here" not in made.output
    assert re.search(r"Ada +instructor +yes +no", listed.output)


def test_a_link_is_printed_instead(quiz: CliRunner) -> None:
    made = people(quiz, "add", "Ada", "--role", "admin", "--link")

    assert re.search(r"http://127\.0\.0\.1:8000/sign-in/link/[\w-]{43}\n", made.output)
    assert re.search(r"Ada +admin +no", people(quiz, "list").output)


@pytest.mark.parametrize(
    ("name", "password", "sentence"),
    [
        ("Ada", "short", "this one has 5"),
        ("Ada", "password123", "tried first"),
        ("Grace Hopper", " grace hopper", "must not be the name"),
        ("", "three words here", "is empty"),
        ("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 4, "three words here", "Shorten it"),
    ],
)
def test_what_will_not_do_is_said_and_nobody_is_made(
    quiz: CliRunner, name: str, password: str, sentence: str
) -> None:
    made = people(quiz, "add", name, "--role", "author", "--password-stdin", given=f"{password}\n")

    assert sentence in refused(made)
    assert "Nobody can sign in yet." in people(quiz, "list").output


def test_bytes_that_are_no_text_are_no_password(quiz: CliRunner) -> None:
    words = ["people", "add", "Ada", "--role", "author", "--password-stdin"]
    made = quiz.invoke(app, words, input=b"three \xff words\n")

    assert "bytes that are no text" in refused(made)
    assert "Nobody can sign in yet." in people(quiz, "list").output


def test_a_link_and_a_password_are_not_asked_for_together(quiz: CliRunner) -> None:
    made = people(quiz, "add", "Ada", "--role", "author", "--link", "--password-stdin")

    assert "Give one of" in refused(made)


def test_without_a_terminal_no_password_is_asked_for(
    quiz: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    fallback = vars(getpass)["fallback_getpass"]  # what Python takes where there is no terminal
    monkeypatch.setattr(getpass, "getpass", fallback)
    monkeypatch.setattr("sys.stdin", StringIO("three words here\n"))

    with pytest.raises(QuizError, match="Pipe it in with --password-stdin"):
        app(["people", "add", "Ada", "--role", "author"], standalone_mode=False)

    assert "Nobody can sign in yet." in people(quiz, "list").output


def test_a_name_is_taken_once_however_it_is_typed(quiz: CliRunner) -> None:
    people(quiz, "add", "Ada", "--role", "author", "--link")

    assert "already" in refused(people(quiz, "add", "ADA ", "--role", "admin", "--link"))


def test_a_person_gets_another_role_another_password_and_is_shut_out(quiz: CliRunner) -> None:
    people(quiz, "add", "Ada", "--role", "author", "--link")

    people(quiz, "role", "ada", "admin")
    people(quiz, "password", "ada", "--password-stdin", given="three words here\n")
    assert re.search(r"Ada +admin +yes", people(quiz, "list").output)
    people(quiz, "end", "ada")
    assert "admin, shut out" in people(quiz, "list").output
    assert "--again" in refused(people(quiz, "link", "ada"))
    people(quiz, "link", "ada", "--again")
    assert "shut out" not in people(quiz, "list").output


@pytest.mark.parametrize("command", ["link", "end", "password"])
def test_nobody_by_that_name_is_said(quiz: CliRunner, command: str) -> None:
    given = "three words here\nthree words here\n"

    assert "nobody called Bob" in refused(people(quiz, command, "Bob", given=given))
