"""What an author's edit does to a learner: nothing is lost, and what changed is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quiz.config import Settings
from tests.answering import give, said, samples, start, walk_to
from tests.browsing import Browser, Page
from tests.conftest import publish

pytestmark = pytest.mark.every_engine

TOPIC = "/packs/python-basics/topics/names"


def edit(content: Path, config: Settings, *changes: tuple[str, str]) -> None:
    """Change the pack and publish it, while the app goes on."""
    pack = content / "example-pack.md"
    text = pack.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    pack.write_text(text)
    publish(config)


def answer_right(browser: Browser, config: Settings, kinds: tuple[str, ...]) -> None:
    for kind in kinds:
        card = walk_to(browser, config, kind)
        give(browser, card, samples(config, card).right)


def changed(browser: Browser) -> int:
    return browser.get(TOPIC).text.count("changed since you answered")


def test_a_mended_explanation_reaches_learners_at_once_and_changes_nothing_else(
    browser: Browser, config: Settings, content: Path
) -> None:
    card = walk_to(browser, config, "single")
    give(browser, card, samples(config, card).right)
    assert "It is made once, when" not in browser.get(card.address).text

    edit(content, config, ("A default value is evaluated **once**", "It is made **once**"))

    assert "It is made once, when" in browser.get(card.address).text
    assert changed(browser) == 0


def test_a_changed_key_marks_only_that_question_and_keeps_the_old_answer_as_it_was(
    browser: Browser, config: Settings, content: Path
) -> None:
    answer_right(browser, config, ("single", "multiple", "number"))
    card = start(browser)  # a new round, so that the walk above is closed
    first = browser.get("/progress").text

    edit(content, config, ("```number\n3\n", "```number\n4\n"))

    assert changed(browser) == 1
    assert browser.get("/progress").text == first
    assert browser.get(card.address).status == 200


def test_a_reflowed_stem_is_no_change(browser: Browser, config: Settings, content: Path) -> None:
    answer_right(browser, config, ("recall",))
    old = "In your own words: what does the statement `b = a` do when `a` is a list?"

    edit(content, config, (old, old.replace(" do when", "\ndo when")))

    assert changed(browser) == 0


def test_a_question_that_is_gone_can_still_be_answered_in_an_open_round(
    browser: Browser, config: Settings, content: Path
) -> None:
    card = walk_to(browser, config, "multiple")
    text = (content / "example-pack.md").read_text()
    gone = re.search(r"## Which of these can be a dictionary key\?.*?(?=\n## )", text, re.DOTALL)
    assert gone

    edit(content, config, (gone[0], ""), ("- `hashing` Tell hashable objects from others.\n", ""))

    assert said(give(browser, card, samples(config, card).right)) == "✔ Correct"
    assert "12 questions" in browser.get("/packs/python-basics").text


@pytest.mark.parametrize("was", ["range-count"])
def test_a_renamed_question_keeps_its_history(
    browser: Browser, config: Settings, content: Path, was: str
) -> None:
    answer_right(browser, config, ("number",))
    before = browser.get(TOPIC).text

    edit(content, config, (f"id: {was};", f"id: range-length; was: {was};"))

    assert browser.get(TOPIC).text == before


def test_an_open_round_shows_the_wording_it_was_started_with(
    browser: Browser, config: Settings, content: Path
) -> None:
    card = walk_to(browser, config, "number")

    edit(content, config, ("`range(2, 11, 3)` produce?", "`range(2, 12, 3)` produce?"))

    assert "range(2, 11, 3)" in browser.get(card.address).text
    assert "range(2, 12, 3)" in walk_to(browser, config, "number").text


def test_the_rationale_of_the_wording_that_was_answered_stays_with_it(
    browser: Browser, config: Settings, content: Path
) -> None:
    card = walk_to(browser, config, "single")
    verdict = give(browser, card, samples(config, card).right)
    rationale = "`append` returns `None`, but `add` returns `xs`."
    assert "but add returns xs" in verdict.text

    edit(content, config, ("- [ ] `None`\n  > " + rationale, "- [ ] `(2,)`\n  > No tuple is made."))

    again = browser.get(card.address)
    assert "but add returns xs" in again.text
    assert "No tuple is made" not in again.text


def missed(browser: Browser, card: Page) -> int:
    """Return how many questions the summary of the card's round offers to redo."""
    found = re.search(r"Redo the (\d+) I missed", browser.get(summary_of(card)).text)
    return int(found[1]) if found else 0


def summary_of(card: Page) -> str:
    return card.address.rpartition("/cards/")[0]


def test_what_was_missed_is_redone_under_the_id_it_has_now(
    browser: Browser, config: Settings, content: Path
) -> None:
    card = walk_to(browser, config, "number")
    give(browser, card, samples(config, card).wrong)
    before = missed(browser, card)

    edit(content, config, ("id: range-count;", "id: range-length; was: range-count;"))

    assert missed(browser, card) == before > 0
    page = browser.submit(browser.get(summary_of(card)), "Redo")
    asked = [page.text]
    for _ in range(before - 1):
        page = browser.submit(browser.submit(page, "I don’t know"), "Continue")
        asked.append(page.text)
    assert any("range(2, 11, 3)" in text for text in asked)


def test_what_is_asked_no_more_is_not_redone(
    browser: Browser, config: Settings, content: Path
) -> None:
    card = walk_to(browser, config, "multiple")
    give(browser, card, samples(config, card).wrong)
    before = missed(browser, card)
    text = (content / "example-pack.md").read_text()
    gone = re.search(r"## Which of these can be a dictionary key\?.*?(?=\n## )", text, re.DOTALL)
    assert gone

    edit(content, config, (gone[0], ""), ("- `hashing` Tell hashable objects from others.\n", ""))

    assert missed(browser, card) == before - 1
    assert f"{before - 1} of 12" in browser.get("/packs/python-basics").text
