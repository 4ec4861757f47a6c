"""Ids that are proposed where none is given."""

from __future__ import annotations

from pathlib import Path

from quiz.packs.loader import load_pack
from tests.packs.test_loader import FRONT, OPTIONS, SOURCE, TOPIC, write


def test_proposed_ids_differ_from_each_other_and_from_those_taken(tmp_path: Path) -> None:
    ask = f"\n{OPTIONS}{SOURCE}\n"
    text = FRONT + TOPIC + f"## A list?\n<!-- id: a-list -->\n{ask}" + f"## A list?\n{ask}" * 3
    found = load_pack(write(tmp_path, {"pack.md": text})).findings

    assert [finding.hint.split()[-2] for finding in found] == ["a-list-2", "a-list-3", "a-list-4"]


def test_an_id_that_was_given_up_is_not_proposed(tmp_path: Path) -> None:
    front = FRONT.replace("title: Demo\n", "title: Demo\nretired: {a-list: It was wrong.}\n")
    text = f"{front}{TOPIC}## A list?\n\n{OPTIONS}{SOURCE}"
    (found,) = load_pack(write(tmp_path, {"pack.md": text})).findings

    assert found.hint.split()[-2] == "a-list-2"
