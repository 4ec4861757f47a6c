"""Which packs there are below a path."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.core.errors import OperatorError
from quiz.packs.loader import check_paths, find_packs
from tests.packs.test_loader import FRONT, write


def test_packs_are_found_below_a_folder(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "folder/pack.md": FRONT,
            "folder/01-topic.md": FRONT,
            "deep/er/single.md": FRONT,
            "deep/notes.md": "# Notes\n",
            "README.md": FRONT,
            "_draft/pack.md": FRONT,
            ".hidden/pack.md": FRONT,
        },
    )

    assert find_packs([tmp_path]) == [tmp_path / "deep/er/single.md", tmp_path / "folder"]


def test_a_topic_stands_for_its_pack_and_no_pack_comes_twice(tmp_path: Path) -> None:
    write(tmp_path, {"pack.md": FRONT, "01-topic.md": "# A\n"})

    assert find_packs([tmp_path / "01-topic.md", tmp_path]) == [tmp_path]


def test_a_path_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="There is no file or folder"):
        find_packs([tmp_path / "nowhere"])


def test_two_packs_cannot_have_one_id(tmp_path: Path) -> None:
    write(tmp_path, {"a/pack.md": FRONT, "b/pack.md": FRONT, "c.md": FRONT.replace("demo", "c3")})

    checked = check_paths([tmp_path])

    (finding,) = checked.findings
    assert (finding.code, finding.place.line, finding.place.col) == ("E005", 3, 5)
    assert finding.place.file == (tmp_path / "b" / "pack.md").as_posix()
    assert (tmp_path / "a").as_posix() in finding.message
    assert checked.packs == 3
