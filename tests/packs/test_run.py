"""`quiz check --run`, and all that must not run a pack's code."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from quiz.config import settings
from quiz.core.errors import OperatorError
from quiz.packs.exhibits import exhibits
from quiz.packs.loader import load_pack
from quiz.packs.running.postgresql import find_binaries, temporary_server
from quiz.packs.running.process import DATABASE
from tests.conftest import publish
from tests.packs.test_check import run
from tests.packs.test_loader import FRONT, SOURCE, TOPIC, write

PROGRAM = "## What is printed?\n<!-- id: one -->\n\n```python run{words}\n{code}```\n{source}"
ANSWER = "\n### Answer\n\n```output\n{output}\n```\n"


def program(code: str, output: str, words: str = "") -> str:
    question = PROGRAM.format(code=code, words=words, source=SOURCE)
    return FRONT + TOPIC + question + ANSWER.format(output=output)


def test_every_answer_of_the_example_pack_that_can_be_proven_is(content: Path) -> None:
    result = run(content, "--run")

    assert result.stdout.splitlines() == [
        "Evidence: 12 proven, 1 without evidence.",
        "No problems in 1 pack (13 questions).",
    ]
    assert result.exit_code == 0


def test_a_wrong_answer_is_found_where_it_stands(tmp_path: Path) -> None:
    pack = write(tmp_path, {"pack.md": program("print(1 + 1)\n", "3")})

    result = run(pack, "--run")

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{pack}/pack.md:21:1: E502 the output is ‘2’, not ‘3’",
        "hint: Correct the one or the other.",
        "Evidence: 1 unproven.",
        "1 error in 1 pack (1 question).",
    ]


def test_nothing_of_a_pack_runs_until_one_asks_for_it(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    leave = f"open({str(trace)!r}, 'w').close()\nprint(1)\n"
    files = {"content/demo/pack.md": program(leave, "1", " setup=leave")}
    pack = write(tmp_path, {**files, "content/demo/setups/leave.py": leave}) / "content"
    (tmp_path / "data").mkdir()

    assert run(pack, "--strict").exit_code == 1
    loaded = load_pack(pack / "demo", strict=True).pack
    assert loaded
    assert len(exhibits(loaded, pack / "demo")) == 1
    publish(settings({"QUIZ_DATA": str(tmp_path / "data"), "QUIZ_CONTENT": str(pack)}))
    assert not trace.exists()

    run(pack, "--run")
    assert trace.exists()


def test_another_environment_can_be_named(tmp_path: Path) -> None:
    pack = write(tmp_path, {"pack.md": program("import sys\nprint(sys.version_info[0])\n", "3")})

    assert run(pack, "--run", "--python", sys.executable).exit_code == 0
    missing = run(pack, "--run", "--python", tmp_path / "python")
    assert isinstance(missing.exception, OperatorError)
    assert f"{tmp_path}/python cannot be started" in str(missing.exception)


@pytest.mark.skipif(
    find_binaries() is None and "SKIP_NOTHING" not in os.environ, reason="PostgreSQL is missing"
)
def test_a_setup_named_postgresql_gets_an_empty_database_for_each_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup = f"import os\nname = os.environ[{DATABASE!r}]\n"
    code = "print(name.startswith('postgresql+asyncpg://'), os.environ.get('SEEN') == name)\n"
    text = program(code, "True False", " setup=postgresql-empty")
    pack = write(tmp_path, {"pack.md": text, "setups/postgresql-empty.py": setup})

    with temporary_server() as server:
        monkeypatch.setenv(DATABASE, server.url())
        result = run(pack, "--run")

    assert "Evidence: 1 proven." in result.stdout, result.stdout
