"""Wrong keys that evidence does not notice, and evidence that only says the key again."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from quiz.cli.mutate import mutate
from quiz.core.blocks import Fence, Place
from quiz.packs.mutating import repeated
from tests.packs.test_loader import FRONT, SOURCE, TOPIC, write


def mutated(*arguments: str | Path) -> Result:
    app = typer.Typer()
    app.command()(mutate)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_evidence_of_the_example_pack_notices_every_wrong_key(content: Path) -> None:
    result = mutated(content)

    assert result.stdout == "67 wrong keys planted in 12 questions: all noticed.\n"
    assert result.exit_code == 0


def test_a_test_that_tests_nothing_lets_wrong_orders_pass(tmp_path: Path) -> None:
    order = (
        "## Order.\n<!-- id: one -->\n\n```python order\nx = 1\nx = 2\n```\n"
        f"{SOURCE}\n### Evidence\n\n```python test\nassert x\n```\n"
    )
    pack = write(tmp_path, {"pack.md": FRONT + TOPIC + order})

    result = mutated(pack)

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{pack}/pack.md:9:1: one: not noticed: blocks 1 and 2 swapped",
        f"{pack}/pack.md:9:1: one: not noticed: blocks 1 and 2 set free",
        "2 wrong keys planted in 1 question: 2 not noticed.",
    ]


@pytest.mark.parametrize(
    ("lines", "only_says"),
    [
        ("def check(option): | return option == 'a'", True),
        ("RIGHT = {'a', 'b'} |def check(option): | return option.strip() in RIGHT", True),
        ("def key(x): | return {'a': True}.get(x) |async def check(o): | return key(o)", True),
        ("def check(): | return True", True),
        ("def check(option): | if option == 'a': |  return True | return False", True),
        ("def check(option): | return eval(option)", False),
        ("def check(option): | return {'a': 1 + 1 == 2}[option]", False),
        ("FOUND = hash('a') |def check(option): | return option == FOUND", False),
        ("def check(option): | return option in log", False),
        ("async def check(option): | await run(option) | return True", False),
        ("check = print", False),
        ("def check(", False),
    ],
)
def test_a_check_must_find_its_result_by_running_something(lines: str, only_says: bool) -> None:
    code = "\n".join(line.rstrip() for line in lines.split("|")) + "\n"
    fence = Fence(Place("pack.md", 7), ("python", "check"), code)

    assert repeated([fence]) == (Place("pack.md", 7) if only_says else None)


@pytest.mark.parametrize(("code", "only_says"), [("print(3)\n", True), ("print(1 + 2)\n", False)])
def test_a_number_that_is_merely_printed_proves_nothing(code: str, only_says: bool) -> None:
    fence = Fence(Place("pack.md", 7), ("python", "run"), code)

    assert bool(repeated([fence])) == only_says


def test_a_check_that_only_says_the_key_fails(tmp_path: Path) -> None:
    check = "```python check\ndef check(option):\n    return option == 'a'\n```\n"
    options = "## Which?\n<!-- id: one -->\n\n- [x] `a`\n- [ ] `b`\n"
    single = f"{options}{SOURCE}\n### Evidence\n\n{check}"
    pack = write(tmp_path, {"pack.md": FRONT + TOPIC + single})

    result = mutated(pack)

    assert result.exit_code == 1
    assert "pack.md:19:1: one: this only repeats the key" in result.stdout
