"""`quiz fmt`: files in their usual form, on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from quiz.cli.fmt import fmt
from quiz.core.errors import OperatorError
from quiz.packs.loader import load_pack
from tests.packs.test_loader import FRONT, OPTIONS, SOURCE, TOPIC, write

USUAL = f"{FRONT}\n{TOPIC}## One?\n<!-- id: one -->\n\n{OPTIONS}{SOURCE}"
NAMELESS = f"{FRONT}# Lists\n## One?\n{OPTIONS}{SOURCE}\n## One?\n<!-- level: judge -->\n{OPTIONS}"


def run(*arguments: str | Path) -> Result:
    app = typer.Typer()
    app.command()(fmt)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_files_get_their_form_and_keep_it(tmp_path: Path) -> None:
    pack = write(tmp_path, {"pack.md": USUAL, "01-more.md": "#  More\n<!--id:more-->"})

    first, second = run(pack), run(pack)

    assert first.stdout == f"Changed {tmp_path}/01-more.md\n"
    assert (pack / "01-more.md").read_text() == "# More\n<!-- id: more -->\n"
    assert second.stdout == "Nothing to change in 2 files.\n"
    assert (first.exit_code, second.exit_code) == (0, 0)


def test_a_check_changes_nothing_and_fails_where_something_would(tmp_path: Path) -> None:
    pack = write(tmp_path, {"pack.md": USUAL.replace("- [ ]", "- [ ]  ")})

    result = run(pack, "--check")

    assert result.exit_code == 1
    assert result.stdout == f"Would change {tmp_path}/pack.md\n"
    assert (pack / "pack.md").read_text() == USUAL.replace("- [ ]", "- [ ]  ")


def test_missing_ids_are_written_on_request_only(tmp_path: Path) -> None:
    pack = write(tmp_path, {"pack.md": NAMELESS})

    run(pack)
    assert "id: lists" not in (pack / "pack.md").read_text()
    run(pack, "--write-ids")

    text = (pack / "pack.md").read_text()
    assert "# Lists\n<!-- id: lists -->\n\n## One?\n<!-- id: one -->\n" in text
    assert "## One?\n<!-- id: one-2; level: judge -->\n" in text
    assert "W101" not in {finding.code for finding in load_pack(pack).findings}
    assert run(pack, "--write-ids", "--check").exit_code == 0


def test_line_ends_of_windows_stay_and_a_byte_order_mark_goes(tmp_path: Path) -> None:
    pack = write(tmp_path, {"pack.md": ""}) / "pack.md"
    pack.write_bytes(b"\xef\xbb\xbf" + USUAL.replace("\n", "\r\n").encode())

    run(pack)

    assert pack.read_bytes() == USUAL.replace("\n", "\r\n").encode()


def test_a_file_that_cannot_be_read_is_told_and_left(tmp_path: Path) -> None:
    pack = write(tmp_path, {"pack.md": USUAL + "\n\n\n"})
    (pack / "01-latin.md").write_bytes(b"#  caf\xe9")

    result = run(pack)

    assert result.exit_code == 2
    assert "01-latin.md:1:7: E001" in result.stdout
    assert (pack / "01-latin.md").read_bytes() == b"#  caf\xe9"
    assert (pack / "pack.md").read_text() == USUAL


def test_a_file_keeps_its_rights_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    pack = write(tmp_path, {"pack.md": USUAL + "\n\n"})
    (pack / "pack.md").chmod(0o640)

    run(pack)

    assert (pack / "pack.md").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in pack.iterdir()] == ["pack.md"]


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    result = run(tmp_path)

    assert isinstance(result.exception, OperatorError)
    with pytest.raises(OperatorError, match="There is no pack in"):
        raise result.exception
