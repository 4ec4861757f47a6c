"""The page that says which question of the first pack asks what, held against the pack."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest

from quiz.packs.loader import load_pack
from quiz.packs.meta import LEVELS
from quiz.paths import CONTENT

PACK = CONTENT / "async-databases"
ABOVE_RECALL = frozenset(LEVELS[1:])
VERDICTS = frozenset({"true", "half", "false", "outdated"})
QUESTION = re.compile(r"`([a-z]{2}-[a-z0-9-]+)`")
OPEN = re.compile(r"^- (C\d+[a-z]?): cannot be asked, (.+)$", re.MULTILINE)
NUMBER = re.compile(r"\b([CP]\d{2,3}[a-z]?)\b")


@dataclass(frozen=True, slots=True)
class Page:
    """The page by its headings; a row of a table is its cells, without the head."""

    sections: Mapping[str, str]

    def rows(self, heading: str) -> list[Sequence[str]]:
        lines = re.findall(r"^\| (.+) \|$", self.sections[heading], re.MULTILINE)
        return [line.split(" | ") for line in lines[2:]]

    def questions(self, *headings: str) -> set[str]:
        return {id for heading in headings for id in QUESTION.findall(self.sections[heading])}


@pytest.fixture(scope="module")
def page() -> Page:
    _, *parts = (PACK / "_coverage.md").read_text().split("\n## ")
    return Page(dict(part.split("\n", 1) for part in parts))


@pytest.fixture(scope="module")
def levels() -> Mapping[str, str]:
    """The level of each question of the pack by its id."""
    pack = load_pack(PACK).pack
    assert pack
    return {question.id: question.level for question in pack.questions}


def test_the_page_names_every_question_and_no_other(page: Page, levels: Mapping[str, str]) -> None:
    tables = page.questions("Claims", "What the text leaves out")
    beyond = page.questions("Beyond the source")

    assert tables | beyond == levels.keys()
    assert tables & beyond == set()
    assert page.questions(*page.sections) <= levels.keys()


def test_every_claim_and_fact_has_one_row_or_is_an_opinion(page: Page) -> None:
    opinions = re.search(r"^Opinions.*?\n\n", page.sections["Claims"] + "\n", re.M | re.S)
    assert opinions
    rows = [row[0] for row in page.rows("Claims")]
    claims = Counter([*rows, *NUMBER.findall(opinions[0])])
    facts = Counter(row[0] for row in page.rows("What the text leaves out"))

    assert {id for id in claims if id[-1].isdigit()} == {f"C{n:02}" for n in range(1, 113)}
    assert facts.keys() == {f"P{n:02}" for n in range(1, 25)}
    assert {id: times for id, times in (claims + facts).items() if times > 1} == {}
    assert {row[2] for row in page.rows("Claims")} <= VERDICTS


def test_every_claim_is_asked_above_recall_where_it_is_not_plainly_true_or_open_with_a_reason(
    page: Page, levels: Mapping[str, str]
) -> None:
    lacking = set()
    for number, _, verdict, asked in page.rows("Claims"):
        found = {levels[id] for id in QUESTION.findall(asked)}
        if not found or (verdict != "true" and not found & ABOVE_RECALL):
            lacking.add(number)

    reasons = dict(OPEN.findall(page.sections["Open"]))
    assert lacking == reasons.keys()
    assert {number for number, reason in reasons.items() if len(reason.split()) < 6} == set()
