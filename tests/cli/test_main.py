"""What whoever runs the command line gets to see when something is in the way."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from quiz.cli import main, pass_over_late_threads
from quiz.config import Settings
from tests.conftest import publish

COMMANDS = (["migrate"], ["export", "attempts"])


def environment(config: Settings, **more: str) -> dict[str, str]:
    own = {"QUIZ_DATA": str(config.data), "QUIZ_CONTENT": str(config.content), "QUIZ_PORT": "0"}
    return {**os.environ, **own, **more}


def run(config: Settings, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "quiz", *words],
        env=environment(config, **more),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def refusal(
    config: Settings, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Run the command line in this process, and return what it says before it ends with 2."""

    def refusal(*words: str) -> str:
        monkeypatch.setattr(threading, "excepthook", threading.excepthook)
        others = threading.enumerate()
        monkeypatch.setattr(sys, "argv", ["quiz", *words])
        for name, value in environment(config).items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            main()
        for late in set(threading.enumerate()) - set(others):
            late.join()
        assert ended.value.code == 2
        return capfd.readouterr().err

    return refusal


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_folder_in_the_place_of_the_database_is_one_sentence(
    config: Settings, refusal: Callable[..., str], words: list[str]
) -> None:
    (config.data / "quiz.db").mkdir()

    said = refusal(*words)

    assert said.startswith(f"quiz: The database {config.data}/quiz.db cannot be used: ")
    assert said.count("\n") == 1


def test_a_server_with_a_folder_in_that_place_says_the_same_and_ends(config: Settings) -> None:
    (config.data / "quiz.db").mkdir()

    refused = run(config, "serve")

    assert refused.returncode == 2
    assert refused.stderr.startswith(f"quiz: The database {config.data}/quiz.db cannot be used: ")
    assert refused.stderr.count("\n") == 1


def test_a_fault_of_the_database_on_the_way_is_one_sentence(
    config: Settings, refusal: Callable[..., str]
) -> None:
    publish(config)
    with closing(sqlite3.connect(config.data / "quiz.db")) as connection:
        connection.execute("DROP TABLE attempts")

    said = refusal("data", "rebuild")

    assert said.startswith("quiz: The database cannot go on: no such table: attempts.")
    assert said.count("\n") == 1


def test_a_name_that_is_no_text_and_a_poor_terminal_stop_nothing(
    config: Settings, tmp_path: Path
) -> None:
    pack = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md"))
    pack.write_text("---\nformat: quizpack/1\n---\n")

    checked = run(config, "check", str(pack), PYTHONIOENCODING="ascii")
    published = run(config, "publish", PYTHONIOENCODING="ascii")

    assert checked.returncode == 1
    assert r"\udcff.md:1:1: " in checked.stdout
    assert published.returncode == 0
    assert r"Published \u201cPython basics\u201d" in published.stdout


def test_a_late_thread_of_a_connection_is_passed_over_and_no_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(threading, "excepthook", pass_over_late_threads)

    def fail(sentence: str) -> None:
        raise RuntimeError(sentence)

    for sentence in ("Event loop is closed", "something else"):
        thread = threading.Thread(target=fail, args=(sentence,))
        thread.start()
        thread.join()

    told = capsys.readouterr().err

    assert told.count("Traceback") == 1
    assert "something else" in told


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_is_told_to_stop_while_it_starts_says_nothing(
    config: Settings, number: signal.Signals
) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "quiz", "serve"],
        env=environment(config),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout
    first = server.stdout.readline()
    server.send_signal(number)
    rest = server.communicate()[0]

    assert first.startswith("Published")
    assert "Traceback" not in rest
    assert server.returncode == -number
