"""The lock of a pack: what an edit changes, and what running leaves in it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from quiz.cli.lock import lock
from quiz.core.errors import OperatorError
from quiz.packs.keeping import on_record
from quiz.packs.loader import load_pack
from quiz.packs.revision import rev
from tests.conftest import EXAMPLE
from tests.packs.test_check import run

Edit = tuple[str, str]


def locked(*arguments: str | Path) -> Result:
    app = typer.Typer()
    app.command()(lock)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def entries(pack: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((pack / "example-pack.lock.json").read_text())["questions"]
    return found


def edit(pack: Path, *edits: Edit) -> None:
    path = pack / "example-pack.md"
    text = path.read_text()
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text)


@pytest.fixture(scope="module")
def lock_once(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The lock of the example pack after its evidence was run."""
    folder = Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("proven") / "example"))
    assert run(folder, "--run").exit_code == 0
    return (folder / "example-pack.lock.json").read_bytes()


@pytest.fixture
def proven(content: Path, lock_once: bytes) -> Path:
    """The example pack, with the lock that running its evidence wrote."""
    (content / "example-pack.lock.json").write_bytes(lock_once)
    return content


def codes(result: Result) -> list[str]:
    return [line.split()[1] for line in result.stdout.splitlines() if ".md:" in line]


def revisions(pack: Path) -> dict[str, str]:
    loaded = load_pack(pack / "example-pack.md").pack
    assert loaded
    return {question.id: rev(question) for question in loaded.questions}


def test_a_pack_is_locked_once_and_then_nothing_changes(content: Path) -> None:
    first = locked(content)
    text = (content / "example-pack.lock.json").read_text()
    second = locked(content)

    assert first.stdout == f"{content}/example-pack.lock.json: 13 new.\n"
    assert second.stdout == f"{content}/example-pack.lock.json: nothing has changed.\n"
    assert (content / "example-pack.lock.json").read_text() == text
    assert text.endswith("}\n")
    assert {id: entry["rev"] for id, entry in entries(content).items()} == revisions(content)
    assert run(content).exit_code == 0


@pytest.mark.parametrize(
    "edits",
    [
        [("What does `2 ** 0.5` evaluate to? Two", "What does\n`2 ** 0.5`\nevaluate to? Two")],
        [("- [ ] True\n", "* [ ]  True\n"), ("- [x] False", "* [X]  False")],
        [("| `\"quiz\"[1:]`  | `'uiz'` |", "|`\"quiz\"[1:]`|`'uiz'`|")],
        [("## Square root of two", "## The root")],
        [("Both calls use the same list object.", "Look at the list.")],
        [("Both calls share the one list made when `def` ran.", "One list.")],
    ],
    ids=["text", "signs of a list", "a table", "a title", "a hint", "a rationale"],
)
def test_a_reflow_by_a_formatter_changes_no_revision(edits: list[Edit], content: Path) -> None:
    before = revisions(content)
    edit(content, *edits)

    assert revisions(content) == before


@pytest.mark.parametrize(
    ("id", "change"),
    [
        ("default-list", ("- [ ] `None`", "- [ ] `[None]`")),
        ("hashable", ("- [ ] `([1], 2)`", "- [x] `([1], 2)`")),
        ("sqrt2", ("Two decimals are enough.", "Three decimals, please.")),
        ("sqrt2", ("1.414 +- 0.005", "1.414 +- 0.004")),
        ("len-name", ("len(xs)\n```\n\n###", "len(ys)\n```\n\n###")),
        ("largest-cloze", ("`>` or `>=`", "`>`")),
        ("order-count", ("    n = 1\n", "    n = 2\n")),
        ("match-slices", ("`'iz'`", "`'qu'`")),
        ("mean-bug", ("len(xs)\n```\n\nSource", "max(xs)\n```\n\nSource")),
        ("finally-output", ("finally\ntry\n```", "try\n```")),
        ("range-count", ("id: range-count;", "id: range-count; score: void;")),
    ],
)
def test_a_graded_edit_changes_exactly_one_revision_and_asks_the_author(
    id: str, change: Edit, content: Path
) -> None:
    locked(content)
    before = revisions(content)
    edit(content, change)
    after = revisions(content)

    assert [name for name in before if before[name] != after[name]] == [id]
    assert codes(run(content)) == ["W602"]
    assert codes(locked(content)) == ["W602"]
    assert entries(content)[id]["rev"] == before[id]


def test_the_author_says_that_only_the_wording_changed(content: Path) -> None:
    locked(content)
    edit(content, ("Two decimals are enough.", "Two decimals will do."))

    assert run(content, "--strict").exit_code == 1
    told = locked(content, "--minor", "sqrt2")

    assert told.stdout.endswith("1 changed.\n")
    assert entries(content)["sqrt2"] == {"v": 1, "rev": revisions(content)["sqrt2"]}
    assert codes(run(content)) == []


def test_the_author_says_that_the_meaning_changed(content: Path) -> None:
    locked(content)
    edit(content, ("Two decimals", "Three decimals"), ("id: sqrt2;", "id: sqrt2; v: 2;"))

    assert codes(run(content)) == []
    assert locked(content).exit_code == 0
    assert entries(content)["sqrt2"]["v"] == 2

    edit(content, ("v: 2;", ""))
    assert codes(run(content)) == ["E602"]
    assert locked(content).exit_code == 1


def test_a_question_does_not_vanish_in_silence(content: Path) -> None:
    locked(content)
    edit(content, ("id: sqrt2;", "id: root-two;"))

    result = run(content)
    assert codes(result) == ["E601"]
    assert "'sqrt2' is gone" in result.stdout
    assert locked(content).exit_code == 1
    assert {"sqrt2", "root-two"} <= entries(content).keys()

    edit(content, ("id: root-two;", "id: root-two; was: sqrt2;"))
    assert locked(content).exit_code == 0
    assert "sqrt2" not in entries(content)


def test_a_retired_question_may_go(content: Path) -> None:
    locked(content)
    edit(
        content,
        ("id: sqrt2;", "id: root-two;"),
        ("defaults:\n", "retired:\n  sqrt2: too easy\ndefaults:\n"),
    )

    assert codes(run(content)) == []
    assert locked(content).exit_code == 0


def test_what_was_proven_is_kept_and_not_run_again(content: Path) -> None:
    assert "unchanged" not in run(content, "--run").stdout
    first = entries(content)
    assert first["sqrt2"]["result"] == "proven"
    assert "result" not in first["name-object"]

    again = run(content, "--run")
    assert "12 proven, 1 without evidence (12 unchanged since they were run)." in again.stdout
    edit(content, ("print(2 ** 0.5)", "print(2 ** (1 / 2))"))
    assert "(11 unchanged" in run(content, "--run").stdout
    assert "unchanged" not in run(content, "--run", "--all").stdout
    assert entries(content)["sqrt2"]["evidence"] != first["sqrt2"]["evidence"]


def test_what_fails_is_never_kept_as_proven(proven: Path) -> None:
    edit(proven, ("print(2 ** 0.5)", "print(2 ** 0.25)"))

    for _ in range(2):
        assert codes(run(proven, "--run")) == ["E504"]
        assert "result" not in entries(proven)["sqrt2"]


def test_a_changed_question_is_not_proven_until_it_is_locked(proven: Path) -> None:
    before = entries(proven)["sqrt2"]
    edit(proven, ("Two decimals", "Three decimals"))

    run(proven, "--run")

    assert entries(proven)["sqrt2"] == before
    assert before["rev"] != revisions(proven)["sqrt2"]


def test_a_lock_vouches_for_what_has_not_changed_since(proven: Path) -> None:
    path = proven / "example-pack.md"
    edit(proven, ("Two decimals", "Three decimals"), ("assert largest([3, 9, 4]) == 9\n", ""))
    pack = load_pack(path).pack
    assert pack

    record = on_record(path, pack)

    assert record.environment.keys() == {"python"}
    assert record.kept["mean-bug"].result == "proven"
    assert len(record.kept) == 10
    assert not record.kept.keys() & {"sqrt2", "largest-cloze", "name-object"}


def test_a_lock_that_is_none_is_refused_with_the_way_out(content: Path) -> None:
    (content / "example-pack.lock.json").write_text("<<<<<<< mine\n")

    result = run(content)

    assert isinstance(result.exception, OperatorError)
    assert "`quiz lock` brings it up to date" in str(result.exception)


def test_a_pack_that_cannot_be_written_to_is_proven_all_the_same(content: Path) -> None:
    (content / "example-pack.lock.json.part").mkdir()

    result = run(content, "--run")

    assert result.exit_code == 0
    assert "12 proven" in result.stdout
    assert "cannot be kept: Is a directory" in result.stderr


def test_only_questions_that_are_there_can_be_named(content: Path) -> None:
    result = locked(content, "--minor", "sqrt3")

    assert isinstance(result.exception, OperatorError)
    assert "No question has the id 'sqrt3'" in str(result.exception)
