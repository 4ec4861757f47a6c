"""Every code, tried on a pack written as Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.core.packs import Finding, Pack
from quiz.packs.exhibits import exhibits, without_evidence
from quiz.packs.loader import load_pack, since_lock
from quiz.packs.problems import CODES
from quiz.packs.proving import prove_all
from quiz.packs.running.databases import Databases
from quiz.packs.running.interpreter import Interpreter
from quiz.packs.running.process import Limits
from tests.packs.findings_files import CASES, Case

NO_SERVER = "postgresql://nobody@/none?host=/nowhere"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_pack_gives_exactly_its_findings(case: Case, tmp_path: Path) -> None:
    loaded = load_pack(case.write(tmp_path), strict=case.strict)
    found = [*loaded.findings, *since_lock(tmp_path, loaded.pack)]
    if case.run and loaded.pack:
        found += proved(loaded.pack, tmp_path, strict=case.strict)

    assert [
        f"{finding.place.file}:{finding.place.line}:{finding.place.col}: {finding.code}"
        for finding in found
    ] == case.expected


def proved(pack: Pack, folder: Path, *, strict: bool) -> list[Finding]:
    """Return the findings of running the evidence of a pack, in the order of places."""
    lab = Interpreter(limits=Limits(seconds=1))
    with Databases(NO_SERVER) as databases:
        proofs = prove_all(exhibits(pack, folder), lab, databases, lambda: None)
    found = [finding for proof in proofs for finding in proof.findings]
    return sorted(found + (without_evidence(pack) if strict else []))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_of_findings_shows_the_code_it_is_named_after(case: Case) -> None:
    assert case.code in {line.rpartition(" ")[2] for line in case.expected}


def test_every_code_has_a_file_and_every_file_a_known_code() -> None:
    assert {case.code for case in CASES} == set(CODES)


def test_every_code_that_is_reported_is_in_the_table() -> None:
    reported = {line.rpartition(" ")[2] for case in CASES for line in case.expected}

    assert reported <= set(CODES)
