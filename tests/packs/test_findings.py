"""Every code, tried on a pack written as Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.packs.loader import load_pack
from quiz.packs.problems import CODES
from tests.packs.findings_files import CASES, Case


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_pack_gives_exactly_its_findings(case: Case, tmp_path: Path) -> None:
    loaded = load_pack(case.write(tmp_path), strict=case.strict)

    assert [
        f"{found.place.file}:{found.place.line}:{found.place.col}: {found.code}"
        for found in loaded.findings
    ] == case.expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_of_findings_shows_the_code_it_is_named_after(case: Case) -> None:
    assert case.code in {line.rpartition(" ")[2] for line in case.expected}


def test_every_code_has_a_file_and_every_file_a_known_code() -> None:
    assert {case.code for case in CASES} == set(CODES)


def test_every_code_that_is_reported_is_in_the_table() -> None:
    reported = {line.rpartition(" ")[2] for case in CASES for line in case.expected}

    assert reported <= set(CODES)
