"""Where an export goes: no mistake loses a file that was there, links and devices are kept."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from quiz.cli.target import target
from quiz.core.errors import OperatorError

LONG = "n" * 255
"""A name as long as file systems take it."""


def write(output: Path, text: str = "new") -> None:
    with target(output) as out:
        out.write(text.encode())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (".", "is a folder. Name a file in it, such as attempts.csv."),
        ("", "is a folder"),
        ("/", "/ is a folder"),
        ("none/a.csv", "none/a.csv cannot be written: No such file or directory. Name another"),
        ("kept.csv/a.csv", "cannot be written: Not a directory"),
        (LONG + "n", "cannot be written: File name too long"),
        ("/dev/full", "/dev/full cannot be written: No space left on device"),
        ("loop", "cannot be written: the link leads to itself"),
    ],
)
def test_what_cannot_be_written_is_said_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("kept.csv").write_text("kept")
    Path("loop").symlink_to("loop")

    with pytest.raises(OperatorError) as caught:
        write(Path(name))

    assert said in str(caught.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.csv", "loop"]
    assert Path("kept.csv").read_text() == "kept"


def test_a_file_stays_as_it_was_when_something_breaks_on_the_way(tmp_path: Path) -> None:
    file = tmp_path / "kept.csv"
    file.write_text("kept")

    def break_off() -> None:
        with target(file) as out:
            out.write(b"half")
            raise OperatorError

    with pytest.raises(OperatorError):
        break_off()

    assert file.read_text() == "kept"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_keeps_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "secret.csv"
    file.touch(0o600)

    write(file)

    assert file.read_text() == "new"
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_written_through(tmp_path: Path, there: bool) -> None:
    file, link = tmp_path / "kept" / LONG, tmp_path / "link.csv"
    file.parent.mkdir()
    if there:
        file.write_text("old")
    link.symlink_to(file)

    write(link)

    assert link.is_symlink()
    assert file.read_text() == "new"


def test_a_pipe_gets_the_text_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()

    write(pipe)

    reader.join()
    assert read == ["new"]
    assert pipe.is_fifo()
