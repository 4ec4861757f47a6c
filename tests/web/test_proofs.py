"""Learners see what running has shown of an answer: after it, and of this very wording."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from quiz.config import Settings
from quiz.core.proofs import PROVEN, SUPPORTED, Proof
from quiz.exports.files.attempts import COLUMNS
from quiz.exports.lines import Record
from quiz.packs.loader import load_pack
from quiz.packs.proofs import with_proofs
from quiz.publishing import contents_of
from quiz.storage.engine import connected
from quiz.storage.library import Library
from quiz.storage.packs import save_contents
from quiz.teaching.files.attempts import pages
from quiz.teaching.source import Source
from tests.answering import give, samples, walk_to
from tests.browsing import Browser, Page
from tests.conftest import NOW, Clock, run

PROGRAM = "def add(x, xs=[]):\n    xs.append(x)\n    return xs\n\n\nprint(add('<b>'))\n"
PROOF = Proof(PROVEN, date(2026, 11, 25), ("CPython 3.11", "SQLAlchemy 2.1.9"), PROGRAM)
TOLD = "Proven by running on CPython 3.11, SQLAlchemy 2.1.9, 25 Nov 2026."


def publish_with(config: Settings, content: Path, proof: Proof | None) -> None:
    """Publish the example pack with a proof of its first question."""

    async def publish() -> None:
        pack = load_pack(content / "example-pack.md").pack
        assert pack
        proven = with_proofs(pack, {"default-list": proof} if proof else {})
        async with connected(config.database_url) as db, db.writing.begin() as session:
            await save_contents(session, contents_of(proven), now=NOW)

    run(publish())


def exported(config: Settings) -> list[Record]:
    async def read() -> list[Record]:
        async with connected(config.database_url) as db:
            made = pages(Source(db, Library(), Clock()), COLUMNS, list)
            return [record async for page in made for record in page]

    return run(read())


def told(page: Page) -> str:
    """Return what a card says of a proof, "" where it says nothing."""
    found = re.search(r'<div class="proof">\s*<p>(.*?)</p>', page.html, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found[1]) if found else ""


def program(page: Page) -> str:
    """Return what the copy button of the program copies."""
    found = re.search(r'class="proof-program">.*?<code>(.*?)</code>', page.html, re.DOTALL)
    assert found
    return unescape(re.sub(r"<[^>]+>", "", found[1]))


@pytest.fixture
def answered(browser: Browser, config: Settings, content: Path) -> Page:
    """The first question, proven and answered."""
    publish_with(config, content, PROOF)
    card = walk_to(browser, config, "single")
    assert "Proven" not in card.html
    assert "<b>" not in unescape(card.html)
    return give(browser, card, samples(config, card).right)


def test_the_proof_is_told_after_the_answer_with_the_program_as_it_ran(answered: Page) -> None:
    assert told(answered) == TOLD
    assert program(answered) == PROGRAM


def test_what_only_supports_an_answer_is_not_called_proof(
    browser: Browser, config: Settings, content: Path
) -> None:
    proof = Proof(SUPPORTED, date(2026, 11, 2), ("CPython 3.11",))
    publish_with(config, content, proof)
    card = walk_to(browser, config, "single")

    page = give(browser, card, samples(config, card).wrong)

    assert told(page) == "Supported, though not proven, by running on CPython 3.11, 2 Nov 2026."
    assert "whole program" not in page.html


def test_a_question_that_was_not_run_says_nothing(browser: Browser, config: Settings) -> None:
    card = walk_to(browser, config, "single")

    page = give(browser, card, samples(config, card).right)

    assert told(page) == ""


def test_the_same_wording_proven_again_says_so_at_once(
    browser: Browser, config: Settings, content: Path, answered: Page
) -> None:
    again = Proof(PROVEN, date(2027, 1, 2), ("CPython 3.12", "SQLAlchemy 2.2.0"), PROGRAM)
    publish_with(config, content, again)

    page = browser.get(answered.address)

    assert told(page) == "Proven by running on CPython 3.12, SQLAlchemy 2.2.0, 2 Jan 2027."


def test_a_proof_that_holds_no_more_is_taken_back(
    browser: Browser, config: Settings, content: Path, answered: Page
) -> None:
    publish_with(config, content, None)

    assert told(browser.get(answered.address)) == ""


def test_another_wording_says_nothing_and_the_old_answer_keeps_its_proof(
    browser: Browser, config: Settings, content: Path, answered: Page
) -> None:
    pack = content / "example-pack.md"
    pack.write_text(pack.read_text().replace("print(add(2))", "print(add(2) )", 1))
    publish_with(config, content, None)
    card = walk_to(browser, config, "single")
    page = give(browser, card, samples(config, card).right)

    assert told(page) == ""
    assert told(browser.get(answered.address)) == TOLD


def test_the_export_tells_what_is_shown_of_an_answer(
    browser: Browser, config: Settings, answered: Page
) -> None:
    browser.submit(browser.submit(answered, "Continue"), "I don’t know")

    found = {row["question_id"]: row["evidence"] for row in exported(config)}

    assert list(found.values()) == [PROVEN, None]
    assert found["default-list"] == PROVEN
