"""What a pack can show of its answers: only of what stands as it was run, with the program."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from quiz.core.proofs import PROVEN, SUPPORTED, Proof
from quiz.packs.loader import load_pack
from quiz.packs.proofs import proofs_of
from quiz.paths import CONTENT

OWN = CONTENT / "async-databases"
ONE = "os-close-keeps"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of our own pack, with its lock."""
    return Path(shutil.copytree(OWN, tmp_path / "pack"))


def proofs(pack: Path) -> Mapping[str, Proof]:
    return proofs_of(pack, load_pack(pack).draft)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_every_proven_question_tells_versions_day_and_program(pack: Path) -> None:
    found = proofs(pack)

    assert found.keys() == {question.id for question in load_pack(pack).draft.questions}
    assert {proof.result for proof in found.values()} == {PROVEN, SUPPORTED}
    assert found[ONE].result == PROVEN
    assert found[ONE].versions[0].startswith("CPython 3.")
    assert found[ONE].versions[1].startswith("SQLAlchemy 2.")
    assert found[ONE].on >= date(2026, 11, 25)
    assert "create_async_engine" in found[ONE].program  # the setup
    assert 'ann.name = "Bea"' in found[ONE].program  # the question
    for proof in found.values():
        ast.parse(proof.program)


def test_an_edit_of_the_program_takes_its_proof_and_no_other(pack: Path) -> None:
    before = proofs(pack)
    edit(pack / "03-object-state.md", 'ann.name = "Bea"', 'ann.name = "Eve"')

    assert before.keys() - proofs(pack).keys() == {ONE}


def test_an_edit_of_a_setup_takes_the_proofs_that_start_from_it(pack: Path) -> None:
    before = proofs(pack)
    edit(pack / "setups" / "users.py", 'name="Bob"', 'name="Bo"')

    lost = before.keys() - proofs(pack).keys()

    assert ONE in lost
    assert lost != before.keys()


def test_a_mended_explanation_takes_no_proof(pack: Path) -> None:
    before = proofs(pack)
    edit(pack / "03-object-state.md", "### Explanation\n\n", "### Explanation\n\nSo it is. ")

    assert proofs(pack).keys() == before.keys()


def test_a_lock_that_cannot_be_read_proves_nothing(pack: Path) -> None:
    (pack / "pack.lock.json").write_text("<<<<<<< ours\n")

    assert proofs(pack) == {}
