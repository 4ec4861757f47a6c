"""`quiz check --guess`, and what strict checking says of a pack that can be guessed."""

from __future__ import annotations

from pathlib import Path

from tests.packs.findings_files import CASES
from tests.packs.test_check import GOOD, run
from tests.packs.test_loader import write

GUESSABLE = next(case for case in CASES if case.name == "W212")


def test_the_table_names_what_every_strategy_earns_and_where(tmp_path: Path) -> None:
    result = run(GUESSABLE.write(tmp_path), "--guess")

    lines = [line.split() for line in result.stdout.splitlines()]
    assert "Demo: 60 questions with options" in result.stdout
    assert ["longest", "60", "33%", "100%", "+67", "0.0000"] in lines
    assert ["tick", "all", "0"] in lines
    assert ["longest:", *(f"q-{n}," for n in range(1, 60)), "q-60"] in lines
    assert "points over chance, p below 0.0038): longest" in result.stdout
    assert result.exit_code == 0


def test_only_strict_checking_fails_what_can_be_guessed(tmp_path: Path) -> None:
    pack = GUESSABLE.write(tmp_path)

    assert "W212" not in run(pack).stdout
    strict = run(pack, "--strict")
    assert strict.exit_code == 1
    assert "W212 guessers who know nothing earn too much: “longest” 100% where" in strict.stdout


def test_a_small_pack_is_not_judged(tmp_path: Path) -> None:
    result = run(write(tmp_path, {"pack.md": GOOD}), "--guess")

    assert "Too few to judge" in result.stdout


def test_a_broken_pack_is_not_guessed_at(tmp_path: Path) -> None:
    result = run(write(tmp_path, {"pack.md": GOOD.replace("[x]", "[ ]")}), "--guess")

    assert "has errors" in result.stdout
    assert result.exit_code == 1


def test_json_stays_json_beside_the_table(tmp_path: Path) -> None:
    result = run(write(tmp_path, {"pack.md": GOOD}), "--guess", "--format", "json")

    assert result.stdout == "[]\n"
    assert "strategy" in result.stderr
