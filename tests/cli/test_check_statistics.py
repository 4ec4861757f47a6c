"""`quiz check --with-statistics`: beside each question how it does, and what waits to be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from quiz.cli import app
from quiz.core.errors import OperatorError, QuizError
from tests.hearing import HEARD, LEARNERS, heard_files, say_at

WITH = "--with-statistics"


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack that was answered, and the database to ask."""
    path, url = heard_files(tmp_path)
    monkeypatch.setenv("QUIZ_DATABASE_URL", url)
    return path


def told(*words: str | Path) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    if isinstance(result.exception, QuizError):
        raise result.exception
    return result


def as_json(pack: Path, *words: str) -> Any:
    return json.loads(told("check", pack, WITH, "--format", "json", *words).stdout)


def rows(pack: Path) -> dict[str, Any]:
    (found,) = as_json(pack)["statistics"]
    return {row["question_id"]: row for row in found["questions"]}


def test_the_numbers_are_those_of_quiz_stats(pack: Path) -> None:
    (stats,) = json.loads(told("stats", "pack", "--format", "json").stdout)

    (found,) = as_json(pack)["statistics"]

    names = ("question_id", "n", "facility", "discrimination_index", "flags")
    mine = sorted(
        [row[name] for name in names] for row in found["questions"] if row["n"] is not None
    )
    assert mine == sorted([row[name] for name in names] for row in stats["items"])
    assert (found["basis"], found["computed_at"]) == (
        stats["items"][0]["basis"],
        stats["computed_at"],
    )
    assert mine[0][:2] == ["flagged", LEARNERS]


def test_questions_with_flags_or_reports_come_first(pack: Path) -> None:
    assert list(rows(pack)) == ["flagged", "reported", "quiet", "void"]


def test_an_option_that_nobody_chooses_is_named_by_its_text(pack: Path) -> None:
    found = rows(pack)

    assert found["flagged"]["flags"] == ["dead-distractor"]
    assert found["flagged"]["dead_distractors"] == ["The *third* option."]
    assert found["quiet"]["dead_distractors"] == []


def test_reports_that_wait_are_counted_under_the_present_id(pack: Path) -> None:
    assert {id: row["reports"] for id, row in rows(pack).items() if row["reports"]} == {
        "reported": 1
    }

    pack.write_text(HEARD.replace("id: reported", "id: mended; was: reported"))
    assert rows(pack)["mended"]["reports"] == 1
    told("publish", pack)
    url = f"sqlite+aiosqlite:///{pack.parent}/quiz.db"
    say_at(url, "reported", "Said in a round that began before.")

    assert rows(pack)["mended"]["reports"] == 2


def test_a_table_follows_the_findings_with_what_it_means(pack: Path) -> None:
    pack.write_text(HEARD.replace("id: quiet", "id: quiet; level: no"))
    output = told("check", pack, WITH).stdout

    findings, _, rest = output.partition("\n\n")
    table, _, meanings = rest.partition("\n\n")
    assert "E105" in findings
    assert [line.split()[0] for line in table.splitlines()[2:]] == [
        "flagged",
        "reported",
        "quiet",
        "void",
    ]
    assert "dead-distractor  The *third* option." in table
    assert "dead-distractor: Hardly anybody" in meanings
    assert "\ndiscrimination: The correlation" in meanings
    assert "it is withdrawn from scoring" in meanings


def test_what_is_not_as_published_is_told(pack: Path) -> None:
    more = HEARD.split("## Quiet?")[1].split("## Flagged?")[0].replace("quiet", "new")
    text = HEARD.replace("Flagged?", "Flagged, or not?").replace("id: quiet", "id: quiet; v: 2")
    pack.write_text(f"{text}\n## New?{more}")

    found = rows(pack)

    assert found["new"]["reasons"]["n"] == "it is not published: learners do not have it"
    assert found["new"]["published_v"] is None
    assert found["quiet"]["difference"] == (
        "published as v 1, here it is v 2: the numbers are of v 1"
    )
    assert found["reported"]["difference"] == ""
    assert "quiet [" in told("check", pack, WITH).stdout


def test_a_wording_that_is_another_is_told(pack: Path) -> None:
    pack.write_text(HEARD.replace("- [ ] No.", "- [ ] Never.", 1))

    found = rows(pack)

    assert [id for id, row in found.items() if row["difference"]] == ["quiet"]
    assert found["quiet"]["difference"].startswith("published in another wording")


def test_a_pack_that_is_not_published_or_cannot_be_read_is_told(pack: Path) -> None:
    pack.with_name("other.md").write_text(HEARD.replace("id: pack", "id: other"))
    pack.with_name("broken.md").write_text(HEARD.replace("title: A pack", "title: ["))

    output = told("check", pack.parent, WITH)

    assert f"{pack.parent}/other.md: the pack is not published" in output.stdout
    assert f"{pack.parent}/broken.md: it cannot be read as it stands" in output.stdout
    assert "flagged" in output.stdout


def test_numbers_never_decide_whether_a_pack_passes(pack: Path) -> None:
    result = told("check", pack, WITH)
    alone = told("check", pack, "--strict")
    strict = told("check", pack, WITH, "--strict")

    assert (result.exit_code, result.stdout.count("No problems in 1 pack")) == (0, 1)
    assert strict.exit_code == alone.exit_code == 1
    assert strict.stdout.startswith(alone.stdout[: alone.stdout.rindex("\n", 0, -1)])


def test_json_without_statistics_stays_a_list(pack: Path) -> None:
    assert json.loads(told("check", pack, "--format", "json").stdout) == as_json(pack)["findings"]


@pytest.mark.parametrize("name", ["quiz.db", "nowhere/quiz.db"])
def test_without_a_database_there_is_a_sentence_and_none_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "heard.md").write_text(HEARD)
    monkeypatch.setenv("QUIZ_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/{name}")

    with pytest.raises(OperatorError, match=r"There is no database .*, or leave out --with-stat"):
        told("check", tmp_path, WITH)

    assert not (tmp_path / name).exists()
    assert told("check", tmp_path).exit_code == 0
