"""The command `quiz preview` as a process: it tells its address, and ends with open pages."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from quiz.cli.preview import preview
from quiz.core.errors import OperatorError

PATIENCE_S = 60
"""Seconds after which a command that does not end counts as broken."""


def started(*arguments: str, cwd: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "quiz", "preview", *arguments],
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_preview_ends_at_once_though_a_page_is_open_and_leaves_nothing(
    tmp_path: Path, content: Path
) -> None:
    before = sorted(tmp_path.rglob("*"))
    process = started("content", "--port", "0", cwd=tmp_path)
    assert process.stdout
    told = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+", told)
    assert found, told
    with httpx2.Client() as client, client.stream("GET", f"{found[0]}/news") as news:
        lines = news.iter_lines()
        assert next(lines).startswith("retry: ")
        process.send_signal(signal.SIGINT)
        rest = [line for line in lines if line]
    _, errors = process.communicate(timeout=PATIENCE_S)

    assert [line.split(":")[0] for line in rest] == ["data"]
    assert process.returncode == 0
    assert errors == ""
    assert sorted(tmp_path.rglob("*")) == before


def test_what_cannot_be_previewed_is_told_in_a_sentence(
    tmp_path: Path, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()
        port = sock.getsockname()[1]
        with pytest.raises(OperatorError, match=r"^There is no file or folder nowhere\.$"):
            preview([Path("nowhere")], port)
        process = started("content", "--port", str(port), cwd=tmp_path)
        taken = process.communicate(timeout=PATIENCE_S)

    assert capsys.readouterr().out == ""
    assert taken[0] == ""
    assert f"Port {port} of 127.0.0.1 is taken by another program." in taken[1]
    assert "Traceback" not in taken[1]


def test_without_a_database_nothing_is_shown_of_learners_and_none_is_made(
    tmp_path: Path, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZ_DATA", str(tmp_path / "data"))

    with pytest.raises(OperatorError, match=r"^There is no database .*, or leave out --with-stat"):
        preview([content], 0, with_statistics=True)

    assert not (tmp_path / "data").exists()
