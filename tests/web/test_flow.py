"""A learner's walk from the first page to the summary, by forms alone."""

import re

import pytest

from quiz.config import Settings
from quiz.kinds import kinds
from tests.answering import give, look, said, samples, start, walk_to, where
from tests.browsing import Browser, Page
from tests.conftest import Clock

KINDS = sorted(kinds())


def answer_all(browser: Browser, page: Page, config: Settings, *, right: bool) -> Page:
    while page.can("Check"):
        forms = samples(config, page)
        page = give(browser, page, forms.right if right else forms.wrong)
        page = browser.submit(page, "Continue" if page.can("Continue") else "See the summary")
    return page


def test_the_first_question_is_two_clicks_from_the_first_page(browser: Browser) -> None:
    card = browser.submit(browser.get("/"), "Start")

    assert card.status == 200
    assert card.can("Check")


@pytest.mark.every_engine
def test_somebody_who_knows_only_forms_gets_through_every_kind(browser: Browser) -> None:
    page = browser.submit(browser.follow(browser.get("/"), "Python basics"), "13 questions")
    asked = 0
    while not page.address.endswith("next") and page.can("Check"):
        asked += 1
        page = browser.submit(page, "Check", page.form_with("Check").filled())
        if page.can("I had it"):
            page = browser.submit(page, "I had it")
        assert page.status == 200, page.text
        page = browser.submit(page, "Continue" if page.can("Continue") else "See the summary")

    assert asked == 13
    assert "13" in page.text
    assert "first try" in page.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_answer_of_each_kind_is_called_right(
    browser: Browser, config: Settings, kind: str
) -> None:
    card = walk_to(browser, config, kind)

    verdict = give(browser, card, samples(config, card).right)

    assert verdict.status == 200
    assert said(verdict).endswith("You had it" if kind == "recall" else "✔ Correct")


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_answer_of_each_kind_is_not(browser: Browser, config: Settings, kind: str) -> None:
    card = walk_to(browser, config, kind)

    verdict = give(browser, card, samples(config, card).wrong)

    assert verdict.status == 200
    assert re.search("Not correct|Partly right|Not yet", said(verdict))


@pytest.mark.parametrize("kind", KINDS)
def test_an_unreadable_answer_of_each_kind_is_asked_again_and_leaves_no_trace(
    browser: Browser, config: Settings, kind: str
) -> None:
    card = walk_to(browser, config, kind)

    again = give(browser, card, samples(config, card).unreadable)

    assert again.status == 422
    assert again.can("Check")
    assert "alert" in again.html
    assert browser.get(card.address).can("Check")


def test_the_verdict_explains_every_option(browser: Browser, config: Settings) -> None:
    card = walk_to(browser, config, "single")

    verdict = give(browser, card, samples(config, card).wrong)

    assert "The default is created once." in verdict.text
    assert "Both calls share the one list made when def ran." in verdict.text
    assert "add(2) returns the list after appending 2 to it." in verdict.text
    assert "append returns None, but add returns xs." in verdict.text
    assert "A default value is evaluated once, when def runs." in verdict.text
    assert "Default argument values" in verdict.text


def test_who_does_not_know_gets_the_explanation_and_no_option_as_chosen(
    browser: Browser, config: Settings
) -> None:
    card = walk_to(browser, config, "single")

    verdict = browser.submit(card, "I don’t know")

    assert "A default value is evaluated once" in verdict.text
    assert "You said you don’t know" in verdict.text
    assert "Your answer" not in verdict.text


def test_a_belief_behind_a_wrong_choice_is_named(browser: Browser, config: Settings) -> None:
    card = walk_to(browser, config, "truefalse")

    verdict = give(browser, card, samples(config, card).wrong)

    assert "Assignment copies the object." in verdict.text


@pytest.mark.every_engine
def test_a_round_goes_on_where_it_was_left(browser: Browser, config: Settings) -> None:
    page = start(browser, size=10)
    for _ in range(3):
        page = browser.submit(give(browser, page, samples(config, page).right), "Continue")

    home = browser.get("/")
    card = browser.submit(home, "Continue")

    assert "Continue: question 4 of 10" in home.text
    assert where(card)[1] == 4
    assert card.html.count("✔") >= 3


def test_the_order_of_options_stays_within_a_round_and_may_change_in_the_next(
    browser: Browser, config: Settings
) -> None:
    card = walk_to(browser, config, "single")

    def options(page: Page) -> list[str]:
        return [c.value for c in page.form_with("Check").controls if c.name == "choice"]

    def texts(page: Page) -> list[int]:
        return [page.html.index(f">{text}<") for text in ("[2]", "[1, 2]", "[1]", "None")]

    assert options(browser.get(card.address)) == options(card)
    orders = {tuple(texts(walk_to(browser, config, "single"))) for _ in range(8)}
    assert len(orders) > 1


@pytest.mark.every_engine
def test_the_summary_says_what_was_right_and_a_redo_asks_exactly_what_was_missed(
    browser: Browser, config: Settings
) -> None:
    page = start(browser, size=5)
    missed = []
    for n in range(5):
        forms = samples(config, page)
        if n in (1, 3):
            missed.append(look(config, page)[0].stem)
        page = give(browser, page, forms.wrong if n in (1, 3) else forms.right)
        page = browser.submit(page, "Continue" if n < 4 else "See the summary")

    redo = browser.submit(page, "Redo")
    again = [look(config, redo)[0].stem]
    redo = browser.submit(give(browser, redo, samples(config, redo).right), "Continue")
    again.append(look(config, redo)[0].stem)

    assert "3 of 5 on the first try" in page.text
    assert sorted(again) == sorted(missed)
    assert not browser.submit(give(browser, redo, samples(config, redo).right), "See").can("Redo")


@pytest.mark.every_engine
def test_progress_counts_by_topic(browser: Browser, config: Settings) -> None:
    answer_all(browser, start(browser, size=5), config, right=True)

    page = browser.get("/progress")

    assert "Names, objects and values" in page.text
    assert "5 of 13" in page.text


@pytest.mark.every_engine
def test_hints_open_one_by_one_and_stay(browser: Browser, config: Settings) -> None:
    card = walk_to(browser, config, "single")
    assert "When is the expression" not in card.text

    first = browser.submit(card, "Hint 1 of 2")
    second = browser.submit(first, "Hint 2 of 2")

    assert "When is the expression" in first.text
    assert "Both calls use the same list object." not in first.text
    assert "Both calls use the same list object." in second.text
    assert "Both calls use the same list object." in browser.get(card.address).text
    verdict = give(browser, second, samples(config, card).right)
    assert "with help" in verdict.text


def test_a_hint_keeps_what_was_typed(browser: Browser, config: Settings) -> None:
    card = walk_to(browser, config, "single")
    form = samples(config, card).wrong

    hinted = browser.submit(card, "Hint", {name: list(values) for name, values in form.items()})

    assert hinted.form_with("Check").defaults() == {"choice": list(form["choice"])}


def test_what_was_typed_survives_an_unreadable_answer(browser: Browser, config: Settings) -> None:
    card = walk_to(browser, config, "number")

    again = browser.submit(card, "Check", {"answer": ["1,,4"]})

    assert again.status == 422
    assert "1,,4" in again.text
    assert again.form_with("Check").defaults() == {"answer": ["1,,4"]}


@pytest.mark.every_engine
def test_due_objectives_come_back_as_a_review(
    browser: Browser, config: Settings, clock: Clock
) -> None:
    answer_all(browser, start(browser, size=5), config, right=True)
    assert start(browser, mode="review").status == 404

    clock.forward(days=3)
    review = start(browser, mode="review")

    assert review.status == 200
    assert review.can("Check")


def test_an_anticipated_wrong_answer_gets_its_own_message(
    browser: Browser, config: Settings
) -> None:
    card = walk_to(browser, config, "text")

    verdict = give(browser, card, {"answer": ["length"]})

    assert "length is Java and JavaScript." in verdict.text


def test_a_wrong_fill_gets_its_reason(browser: Browser, config: Settings) -> None:
    card = walk_to(browser, config, "cloze")

    verdict = give(browser, card, {"blank-1": ["0"], "blank-2": [">"]})

    assert "It fails for a list of negative numbers." in verdict.text
