"""The program that a learner can open runs as it was copied, and shows what it is said to show."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from quiz.core.packs import Pack
from quiz.core.questions import Question
from quiz.packs.exhibits import exhibits
from quiz.packs.loader import load_pack
from quiz.packs.programs import program_of
from quiz.paths import CONTENT

OWN = CONTENT / "async-databases"
EXAMPLE = Path(__file__).parent / "example" / "example-pack.md"


@cache
def programs(path: Path) -> dict[str, str]:
    pack: Pack = load_pack(path).draft
    root = path if path.is_dir() else path.parent
    return {exhibit.question.id: program_of(exhibit) for exhibit in exhibits(pack, root)}


TIMES = """
import os, runpy, sys, sqlalchemy.ext.asyncio
for _ in range(int(sys.argv[1])):
    if not (child := os.fork()):
        runpy.run_path("program.py", run_name="__main__")
        break
    if status := os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        sys.exit(status)
"""
"""Runs a program several times, each in a process that finds its largest import done."""


def run(program: str, folder: Path, times: int = 1) -> subprocess.CompletedProcess[str]:
    (folder / "program.py").write_text(program)
    command = [sys.executable, "-c", TIMES, str(times)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def ends_well(question: Question) -> bool:
    words = [word for fence in question.evidence for word in fence.words]
    return not (getattr(question.wording.body, "raises", "") or any("raises=" in w for w in words))


def first_of_each_kind() -> list[str]:
    kinds: dict[str, str] = {}
    for question in load_pack(OWN).draft.questions:
        if question.evidence and ends_well(question):
            kinds.setdefault(question.wording.body.name, question.id)
    return sorted(kinds.values())


@pytest.mark.parametrize("id", first_of_each_kind())
def test_a_copied_program_runs_and_runs_again(id: str, tmp_path: Path) -> None:
    ended = run(programs(OWN)[id], tmp_path, 2)

    assert ended.returncode == 0, ended.stderr


def test_every_question_with_evidence_has_a_program() -> None:
    for path in (OWN, EXAMPLE):
        assert [id for id, program in programs(path).items() if not program] == []


def test_a_check_says_what_it_finds_of_each_option(tmp_path: Path) -> None:
    ended = run(programs(EXAMPLE)["hashable"], tmp_path)

    assert ended.stdout.splitlines() == [
        "True (1, 2)",
        "False [1, 2]",
        "False ([1], 2)",
        "True frozenset({1})",
    ]
