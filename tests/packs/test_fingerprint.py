"""Every byte a pack is made from changes its name, and nothing else does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from quiz.packs.fingerprint import fingerprint

EXAMPLE = Path(__file__).parent / "example"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    for name in ("setups", "images"):
        (folder / name).mkdir(parents=True)
    (folder / "pack.md").write_text("---\nformat: quizpack/1\n---\n")
    (folder / "01-loops.md").write_text("# Loops\n")
    (folder / "setups" / "users.py").write_text("users = []\n")
    (folder / "images" / "loop.png").write_bytes(b"\x89PNG")
    (folder / "pack.lock.json").write_text("{}\n")
    return folder


def test_the_same_files_have_the_same_name_wherever_they_lie(pack: Path, tmp_path: Path) -> None:
    other = shutil.copytree(pack, tmp_path / "other")

    assert fingerprint(pack) == fingerprint(other)


@pytest.mark.parametrize(
    "name", ["pack.md", "01-loops.md", "setups/users.py", "images/loop.png", "pack.lock.json"]
)
def test_a_changed_file_changes_the_name(pack: Path, name: str) -> None:
    before = fingerprint(pack)

    with (pack / name).open("ab") as file:
        file.write(b"\n")

    assert fingerprint(pack) != before


def test_a_file_that_comes_goes_or_is_renamed_changes_the_name(pack: Path) -> None:
    names = [fingerprint(pack)]
    (pack / "02-types.md").write_text("# Types\n")
    names.append(fingerprint(pack))
    (pack / "02-types.md").rename(pack / "03-types.md")
    names.append(fingerprint(pack))

    assert len(set(names)) == 3


def test_a_single_file_is_its_own_text_and_what_lies_beside_it_for_packs(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "example"))
    single = folder / "example-pack.md"
    before = fingerprint(single)

    (folder / "another-pack.md").write_text("of no concern\n")
    assert fingerprint(single) == before
    (folder / "setups").mkdir(exist_ok=True)
    (folder / "setups" / "more.py").write_text("")
    assert fingerprint(single) != before
