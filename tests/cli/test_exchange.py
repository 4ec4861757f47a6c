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


def test_several_files_become_one_pack_and_losses_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.gift").write_text("// [id:same]\nA?{=a ~b}\n\n$CATEGORY: Cats\n\nOnly text.\n")
    (tmp_path / "b.gift").write_text("// [id:same]\nB?{=b ~%50%c}\n")
    target = tmp_path / "our-cats"

    result = run("import", "gift", tmp_path / "a.gift", tmp_path / "b.gift", "-o", target)

    pack = loaded(target)
    assert (pack.id, pack.title) == ("our-cats", "our-cats")
    assert [question.id for question in pack.questions] == ["same", "same-2"]
    assert f"{tmp_path}/a.gift:6:1: lost: question, kept as prose: a description" in result.stderr
    assert f"{tmp_path}/b.gift:1:1: lost: weight, 50 % for one option" in result.stderr
    assert "Lost: question (1), weight (1).\n" in result.stderr
    assert f"Wrote {target}: 2 questions.\n" in result.stdout


def test_what_a_writer_loses_is_told_where_the_question_stands(tmp_path: Path) -> None:
    (tmp_path / "a.gift").write_text("\nA?{=b}\n")

    other = run("convert", tmp_path / "a.gift", "--from", "gift", "--to", "moodle")
    ours = run("convert", PACKS[1], "--to", "gift", "-o", tmp_path / "out.gift")

    assert other.exit_code == 0
    assert b'<question type="shortanswer">' in other.stdout_bytes
    assert f"{PACKS[1].as_posix()}:37:1: lost: evidence\n" in ours.stderr
    assert ours.stdout == f"Wrote {tmp_path}/out.gift\n"


def test_a_file_beyond_all_measure_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with (tmp_path / "huge.xml").open("wb") as file:
        file.truncate(100_000_000)

    result = run("import", "moodle", tmp_path / "huge.xml", "-o", tmp_path / "new")

    assert "has more than 32 MB" in str(result.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["huge.xml"]
