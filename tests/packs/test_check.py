"""`quiz check`, as people, editors and machines see it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from quiz.cli.check import check
from quiz.core.blocks import Place
from quiz.core.errors import OperatorError
from quiz.core.packs import Finding
from quiz.packs.problems import format_github, format_text
from tests.packs.test_loader import FRONT, OPTIONS, SOURCE, TOPIC, write

GOOD = FRONT + TOPIC + f"## One?\n<!-- id: one -->\n\n{OPTIONS}{SOURCE}"
BAD = GOOD.replace("[x]", "[ ]")


def run(*arguments: str | Path) -> Result:
    app = typer.Typer()
    app.command()(check)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_clean_pack_says_so(tmp_path: Path) -> None:
    result = run(write(tmp_path, {"pack.md": GOOD}))

    assert result.exit_code == 0
    assert result.stdout == "No problems in 1 pack (1 question).\n"
    assert result.stderr == ""


def test_all_problems_of_all_packs_are_named_in_one_run(tmp_path: Path) -> None:
    write(tmp_path, {"a/pack.md": BAD, "b.md": GOOD.replace("id: demo", "id: b-") + "\n# More\n"})

    result = run(tmp_path)

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{tmp_path}/a/pack.md:12:1: E202 no option is ticked",
        "hint: Tick the right one: `[x]`.",
        f"{tmp_path}/b.md:17:1: W101 this topic has no id",
        "hint: Paste under its heading: <!-- id: more -->",
        "1 error and 1 warning in 2 packs (2 questions).",
    ]


def test_a_warning_is_an_error_only_when_strict(tmp_path: Path) -> None:
    pack = write(tmp_path, {"pack.md": GOOD.replace(SOURCE, "")})

    assert run(pack).exit_code == 0
    strict = run(pack, "--strict")
    assert strict.exit_code == 1
    assert [line.split()[1] for line in strict.stdout.splitlines() if line.startswith("/")] == [
        "W216",
        "W217",
        "W404",
        "W215",
        "W215",
    ]
    assert "5 errors in 1 pack" in strict.stdout


def test_machines_get_json(tmp_path: Path) -> None:
    result = run(write(tmp_path, {"pack.md": BAD}), "--format", "json")

    assert json.loads(result.stdout) == [
        {
            "file": f"{tmp_path}/pack.md",
            "line": 12,
            "col": 1,
            "code": "E202",
            "severity": "error",
            "message": "no option is ticked",
            "hint": "Tick the right one: `[x]`.",
        }
    ]


def test_a_clean_pack_is_an_empty_list_in_json(tmp_path: Path) -> None:
    result = run(write(tmp_path, {"pack.md": GOOD}), "--format", "json")

    assert json.loads(result.stdout) == []


def test_github_gets_its_commands(tmp_path: Path) -> None:
    result = run(write(tmp_path, {"pack.md": BAD}), "--format", "github")

    assert result.stdout == (
        f"::error file={tmp_path}/pack.md,line=12,col=1,title=E202::"
        "no option is ticked%0ATick the right one: `[x]`.\n"
    )


def test_a_command_for_github_cannot_be_forged() -> None:
    finding = Finding(Place("a,b:c.md", 1), "E105", "100%\n::error::x")

    assert format_github([finding], strict=False) == (
        "::error file=a%2Cb%3Ac.md,line=1,col=1,title=E105::100%25%0A::error::x"
    )


def test_text_cannot_steer_a_terminal() -> None:
    finding = Finding(Place("a.md", 1), "E105", "red \x1b[31m\nline")

    assert format_text([finding]) == "a.md:1:1: E105 red \\x1b[31m line"


def test_a_folder_without_a_pack_cannot_be_checked(tmp_path: Path) -> None:
    result = run(tmp_path)

    assert isinstance(result.exception, OperatorError)
    assert "There is no pack in" in str(result.exception)


def test_what_is_neither_file_nor_folder_cannot_be_checked(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)

    for path in (pipe, Path("/dev/null")):
        told = str(run(path).exception)
        assert told == (
            f"{path} is neither a file nor a folder. Name a pack, or a folder with packs in it."
        )


def test_a_path_that_may_not_be_looked_into_is_named(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 256)  # what may be read where depends on the user, this does not

    told = run(path).exception

    assert isinstance(told, OperatorError)
    assert str(told).startswith(f"{path} cannot be read: File name too long.")


def test_without_a_path_the_content_of_the_project_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"content/demo/pack.md": BAD})
    monkeypatch.chdir(tmp_path)

    assert run().stdout.startswith("content/demo/pack.md:12:1: E202")
