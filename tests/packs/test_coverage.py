"""What a pack leaves out, and how it is told."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from quiz.cli.coverage import coverage
from quiz.core.errors import OperatorError
from quiz.packs.coverage import coverage as covered
from quiz.packs.loader import load_pack
from tests.packs.test_loader import FRONT, TOPIC, write

BELIEFS = "# Misconceptions\n\n- `all-rows` All are rows.\n- `no-rows` None is a row.\n\n"
OBJECTIVES = "### Objectives\n\n- `rows` Know rows.\n- `maps` Know maps.\n- `sets` Know sets.\n\n"
RULES = (
    "# Rules\n\nAbout.\n\n## Rows\n\nLong.\n\n### Maps\n\n## Rows\n\nAgain.\n\n## Sets\n\nNone.\n"
)


def asked(id: str, objective: str, source: str, kind: str = "", level: str = "") -> str:
    more = "".join(f"; {key}: {v}" for key, v in (("kind", kind), ("level", level)) if v)
    options = "- [x] Yes\n- [ ] No\n  > `all-rows` Not all are rows.\n"
    return (
        f"## Is it {id}?\n<!-- id: {id}; objective: {objective}{more} -->\n\n{options}\n"
        f"Source: [Rules]({source})\n\n"
    )


PACK = (
    FRONT
    + BELIEFS
    + TOPIC
    + OBJECTIVES
    + asked("one", "rows", "sources/rules.md#rows", level="recall")
    + asked("two", "rows", "sources/rules.md", kind="multiple", level="judge")
    + asked("three", "maps", "more.md#said")
)
FILES = {
    "pack.md": PACK,
    "sources/rules.md": RULES,
    "sources/deep/other.md": "Only text.\n",
    "more.md": "# Said\n<!-- id: said -->\n\nThis file is a topic.\n",
}


def run(*arguments: str | Path) -> Result:
    app = typer.Typer()
    app.command()(coverage)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_what_no_question_touches_is_found(tmp_path: Path) -> None:
    pack = load_pack(write(tmp_path, FILES)).pack
    assert pack

    found = covered(tmp_path, pack)

    assert [objective.id for objective in found.unasked] == ["sets"]
    assert [objective.id for objective in found.once] == ["maps"]
    assert [belief.id for belief in found.unnamed] == ["no-rows"]
    # The title is cited by the link without an anchor; `Maps` has no text of its own.
    assert found.uncited == (
        "sources/deep/other.md",
        "sources/rules.md#rows-1",
        "sources/rules.md#sets",
    )
    assert found.counts == {("single", "recall"): 1, ("multiple", "judge"): 1, ("single", ""): 1}


def test_a_cited_document_counts_wherever_it_lies(tmp_path: Path) -> None:
    source = asked("one", "rows", "rules.md#sets")
    text = FRONT + TOPIC + "### Objectives\n\n- `rows` Know rows.\n\n" + source.replace("all-", "")
    write(tmp_path, {"one.md": text, "rules.md": RULES})
    pack = load_pack(tmp_path / "one.md").pack
    assert pack

    assert covered(tmp_path / "one.md", pack).uncited == (
        "rules.md#rules",
        "rules.md#rows",
        "rules.md#rows-1",
    )


def test_the_command_shows_a_table_and_lists(tmp_path: Path) -> None:
    result = run(write(tmp_path, FILES))

    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split() for line in lines[1:5]] == [
        ["kind", "recall", "trace", "apply", "judge", "no", "level", "all"],
        ["multiple", "1", "1"],
        ["single", "1", "1", "2"],
        ["all", "1", "1", "1", "3"],
    ]
    assert lines[5:9] == [
        "Objectives without a question: 1",
        "  sets: Know sets.",
        "Objectives with one question: 1",
        "  maps: Know maps.",
    ]


def test_a_broken_pack_is_told_and_the_others_shown(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": FRONT + "## Lost\n", "b.md": FRONT + TOPIC})

    result = run(tmp_path)

    assert result.exit_code == 1
    assert "a.md has errors" in result.stdout
    assert "Demo: questions by kind and level" in result.stdout


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    result = run(tmp_path)

    assert isinstance(result.exception, OperatorError)
    with pytest.raises(OperatorError, match="There is no pack in"):
        raise result.exception
