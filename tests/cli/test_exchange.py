"""`quiz convert` and `quiz import`: files in, folders out, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from quiz.cli.convert import convert
from quiz.cli.import_ import import_
from quiz.core.errors import OperatorError
from quiz.packs.loader import load_pack
from tests.formats.test_json import PACKS, bare, loaded


def run(*arguments: str | Path) -> Result:
    app = typer.Typer()
    app.command("convert")(convert)
    app.command("import")(import_)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_pack_becomes_a_folder_of_markdown(tmp_path: Path) -> None:
    target = tmp_path / "new" / "unusual"

    result = run("convert", PACKS[2], "--to", "markdown", "-o", target)

    assert result.stdout == f"Wrote {target}\n"
    assert bare(load_pack(target).pack) == bare(loaded(PACKS[2]))
    assert [path.name for path in target.parent.iterdir()] == ["unusual"]


def test_what_an_author_wrote_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "pack.md").write_text("mine")

    result = run("convert", PACKS[2], "--to", "markdown", "-o", tmp_path)

    assert "is there already" in str(result.exception)
    assert (tmp_path / "pack.md").read_text() == "mine"
    assert list(tmp_path.iterdir()) == [tmp_path / "pack.md"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("convert", "none", "--to", "markdown"), "There is no file or folder none"),
        (("convert", PACKS[2], "--to", "markdown"), "name one with `-o`"),
        (("convert", "none", "--from", "moodel", "--to", "json"), "No format 'moodel' can be read"),
        (("import", "moodel", "none", "-o", "new"), "No format 'moodel' can be read"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str | Path, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)

    result = run(*arguments)

    assert isinstance(result.exception, OperatorError)
    assert said in str(result.exception)
    assert list(tmp_path.iterdir()) == []
