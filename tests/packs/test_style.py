"""Rules of style: asked for by the pack, and never in the way of other findings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.packs.loader import load_pack
from tests.packs.findings_files import CASES, Case
from tests.packs.test_fuzz import ANY_LINE, EXAMPLE, assert_sound
from tests.packs.test_loader import FRONT, SOURCE, TOPIC, codes, write

STYLED = FRONT.replace("title: Demo\n", "title: Demo\nstyle: item-writing\n")
OPTIONS = "- [x] Row\n- [ ] Map\n- [ ] Set\n"
QUESTION = "## Which one is it?\n<!-- id: one -->\n\n"
STYLE_CASES = [case for case in CASES if case.code.startswith("S")]


@pytest.mark.parametrize("case", STYLE_CASES, ids=lambda case: case.name)
def test_a_pack_that_asks_for_no_style_gets_no_rule_of_it(case: Case, tmp_path: Path) -> None:
    text = case.files["pack.md"].decode().replace("style: item-writing\n", "")

    assert codes(write(tmp_path, {"pack.md": text})) in ([], ["W214"])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{OPTIONS}\n1. More\n2. Text\n{SOURCE}", ["E112"]),
        (f"- One\n- Two\n\nWhich?\n\n{OPTIONS}{SOURCE}", []),
        (f"{OPTIONS}\nText\n\n- [ ] Bag\n{SOURCE}", ["E207"]),
        (f"> Quoted\n\n| a | b |\n| - | - |\n| c | d |\n\n{OPTIONS}{SOURCE}", []),
    ],
)
def test_options_are_found_among_other_lists(
    body: str, expected: list[str], tmp_path: Path
) -> None:
    assert codes(write(tmp_path, {"pack.md": STYLED + TOPIC + QUESTION + body})) == expected


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_pack_with_style_is_read_or_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(14, len(EXAMPLE) - 40))
    lines = [*EXAMPLE[:13], "style: item-writing", "---", *EXAMPLE[start : start + 40]]
    for _ in range(data.draw(st.integers(1, 6))):
        lines.insert(data.draw(st.integers(15, len(lines))), data.draw(ANY_LINE))

    assert_sound("\n".join(lines))


def test_style_is_a_warning_that_strict_checking_refuses(tmp_path: Path) -> None:
    text = STYLED + TOPIC + QUESTION + OPTIONS.replace("- [ ] Set\n", "") + SOURCE

    loaded = load_pack(write(tmp_path, {"pack.md": text}))

    assert [(found.code, found.severity) for found in loaded.findings] == [("S101", "warning")]
    assert loaded.pack
