"""`quiz export attempts` on answers that were really given."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import delete
from typer.testing import CliRunner, Result

from quiz.cli import app
from quiz.config import Settings
from quiz.core.errors import OperatorError
from quiz.exports.files.attempts import COLUMNS
from quiz.storage.engine import connected
from quiz.storage.tables import MemoryRow
from quiz.teaching.files import files
from tests.answering import give, samples, start, walk_to
from tests.browsing import Browser
from tests.conftest import change, run, stored
from tests.exports.reading import cells
from tests.staff import CLASS, enrol, sign_in

HOSTILE = '=HYPERLINK("http://x")\n, "and" more'


def environment(config: Settings) -> dict[str, str]:
    own = {"QUIZ_DATA": str(config.data), "QUIZ_DATABASE_URL": config.database_url}
    return {**os.environ, **own, "QUIZ_CONTENT": str(config.content)}


def quiz(config: Settings, *words: str) -> Result:
    result = CliRunner().invoke(app, words, env=environment(config), catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result


def export(config: Settings, *words: str, file: str = "attempts") -> bytes:
    return quiz(config, "export", file, *words).stdout_bytes


def refused(config: Settings, *words: str) -> str:
    """Return the sentence with which a file is refused."""
    with pytest.raises(OperatorError) as caught:
        quiz(config, "export", *words)
    return str(caught.value)


def rows(config: Settings, *words: str) -> list[dict[str, str]]:
    text = export(config, *words).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines(keepends=True)))


async def forget_memories(url: str) -> None:
    async with connected(url) as database, database.writing.begin() as session:
        await session.execute(delete(MemoryRow))


@pytest.fixture
def answered(browser: Browser, config: Settings) -> Settings:
    """A learner who gave a right, an unknown and a hostile answer."""
    card = start(browser)
    card = browser.submit(give(browser, card, samples(config, card).right), "Continue")
    browser.submit(card, "I don’t know")
    give(browser, walk_to(browser, config, "text"), {"answer": [HOSTILE]})
    return config


def test_a_spreadsheet_gets_its_mark_its_line_ends_and_all_columns(answered: Settings) -> None:
    raw = export(answered)

    assert raw.startswith(b"\xef\xbb\xbfschema_version,attempt_id,round_id,try_no,")
    assert raw.count(b"\r\n") >= 4
    assert list(rows(answered)[0]) == list(COLUMNS.names)
    assert export(answered, "--no-bom").startswith(b"schema_version")


def test_a_right_answer_says_what_was_chosen_and_in_which_order_it_was_shown(
    answered: Settings,
) -> None:
    row = rows(answered)[0]

    assert row["schema_version"] == "1"
    assert row["try_no"] == "1"
    assert row["pack_id"] == "python-basics"
    assert row["question_id"] == "default-list"
    assert json.loads(row["response"]) == ["b"]
    assert row["response_text"] == "`[1, 2]`"
    assert (row["outcome"], row["correct"], row["score"]) == ("right", "true", "1.0")
    assert sorted(json.loads(row["option_order"])) == ["a", "b", "c", "d"]
    assert json.loads(row["tags"]) == ["python"]
    assert row["answered_at"] == "2026-11-25T09:00:00.000Z"
    assert row["time_s"] == "0.0"


def test_who_did_not_know_gave_no_response(answered: Settings) -> None:
    row = rows(answered)[1]

    assert (row["outcome"], row["response"], row["correct"], row["score"]) == (
        "unknown",
        "",
        "",
        "0.0",
    )


@pytest.mark.every_engine
def test_a_formula_in_an_answer_is_made_harmless_in_csv_and_kept_in_ndjson(
    answered: Settings,
) -> None:
    row = next(row for row in rows(answered) if row["kind"] == "text" and row["response"])
    lines = export(answered, "--format", "ndjson").decode().splitlines()
    kept = next(r for r in map(json.loads, lines) if r["kind"] == "text" and r["response"])

    assert row["response_text"] == "'" + HOSTILE
    assert json.loads(row["response"]) == HOSTILE
    assert kept["response"] == HOSTILE
    assert kept["response_text"] == HOSTILE


def test_a_second_try_is_counted(browser: Browser, answered: Settings) -> None:
    give(browser, walk_to(browser, answered, "text"), {"answer": ["len"]})

    tries = [row["try_no"] for row in rows(answered) if row["question_id"] == "len-name"]

    assert tries == ["1", "2"]


def test_two_exports_are_the_same_to_the_byte(answered: Settings, tmp_path: Path) -> None:
    target = tmp_path / "attempts.csv"
    told = quiz(answered, "export", "attempts", "--output", str(target)).stderr

    assert target.read_bytes() == export(answered)
    assert "attempts in" in told
    assert list(tmp_path.glob("*.part")) == []


def test_standard_output_may_be_named_and_is_added_to(answered: Settings, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("before\n")
    command = [sys.executable, "-m", "quiz", "export", "attempts", "--output", "/dev/stdout"]
    with log.open("ab") as end:
        subprocess.run(command, env=environment(answered), stdout=end, check=True)

    assert log.read_bytes() == b"before\n" + export(answered)


@pytest.mark.parametrize("words", [[], ["--output", "/dev/full"]])
def test_a_full_disk_is_said_in_a_sentence(answered: Settings, words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        process = subprocess.run(
            [sys.executable, "-m", "quiz", "export", "attempts", *words],
            env=environment(answered),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert process.returncode == 2
    assert re.fullmatch(
        r"quiz: (Standard output|/dev/full) cannot be written: No space left on device\. .*\n",
        process.stderr,
    )


@pytest.mark.every_engine
def test_page_and_command_write_the_same_bytes_for_a_class(
    answered: Settings, browser: Browser
) -> None:
    enrol(answered, sign_in(browser.client, answered), HOSTILE)

    for file, rows in files().items():
        kind = rows.FILE.formats[0]
        page = browser.client.get(f"/classes/{CLASS}/exports/{file}.{kind}")
        assert page.content.count(b"\n") > 1 or file == "misconceptions"
        assert export(answered, "--class", CLASS, file=file) == page.content


def test_a_class_is_named_by_its_name_or_its_id(answered: Settings, browser: Browser) -> None:
    enrol(answered, sign_in(browser.client, answered), "Ann")
    change(
        answered,
        "INSERT INTO classes (public_id, owner_id, name, code, created_at) "
        "SELECT 'another', owner_id, 'Twice', 'X', created_at FROM classes",
    )
    named = export(answered, "--class", "Databases, autumn")
    change(answered, "UPDATE classes SET name = 'Twice'")

    other = export(answered, "--class", CLASS)

    assert other == named.replace(b'"Databases, autumn"', b"Twice")
    assert "There is no class 'Nobody'" in refused(answered, "attempts", "--class", "Nobody")
    assert f"Write the id of one: {CLASS}, another." in refused(
        answered, "attempts", "--class", "Twice"
    )


def test_a_spreadsheet_comes_out_of_the_command_line(answered: Settings, tmp_path: Path) -> None:
    target = tmp_path / "attempts.xlsx"
    export(answered, "--format", "xlsx", "--output", str(target))

    head, *found = cells(target.read_bytes())

    assert tuple(head) == COLUMNS.names
    assert len(found) == len(rows(answered))
    assert HOSTILE in [row[COLUMNS.names.index("response_text")] for row in found]


def test_what_cannot_be_written_is_said_with_what_can(answered: Settings) -> None:
    assert "There is no file 'marks'. There are attempts, " in refused(answered, "marks")


@pytest.mark.every_engine
def test_rebuilding_from_the_log_gives_what_the_answers_left_behind(answered: Settings) -> None:
    def derived() -> list[object]:
        tables = ("memories", "topic_progress")
        return [stored(answered, f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in tables]  # noqa: S608

    before = derived()
    run(forget_memories(answered.database_url))
    assert derived() != before
    quiz(answered, "data", "rebuild")

    assert all(before)
    assert derived() == before
