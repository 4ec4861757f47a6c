"""The preview in a browser: a save is seen without a reload, and the page stays where it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from quiz.cli.hearing import listening_at
from quiz.cli.preview import Server
from quiz.web.preview.news import News
from quiz.web.preview.shelf import Shelf
from tests.e2e.acts import no_barrier
from tests.e2e.conftest import opened, served
from tests.hearing import heard_files, say_at

TOPIC = "/packs/example-pack/topics/names"
WHY = "is evaluated **once**"


@pytest.fixture
def page(chromium: Browser, content: Path) -> Iterator[Page]:
    """A page of a fresh browser at the preview of the example pack."""
    with (
        served(lambda port: Server(Shelf([content.parent]), News())) as address,
        opened(chromium, address) as page,
    ):
        yield page


def edit(content: Path, old: str, new: str) -> None:
    """Save as many editors do: another file is put in the place of the old one."""
    pack, other = content / "example-pack.md", content / "example-pack.md.new"
    text = pack.read_text()
    assert old in text
    other.write_text(text.replace(old, new, 1))
    other.replace(pack)


def top_of(page: Page, id: str) -> float:
    top: float = page.evaluate(f"document.getElementById('{id}').getBoundingClientRect().top")
    return top


def test_a_save_is_seen_where_the_author_is_and_what_was_open_stays_open(
    page: Page, content: Path
) -> None:
    page.goto(TOPIC)
    question = page.locator("#question-sqrt2")
    question.get_by_text("After a wrong answer").click()
    question.scroll_into_view_if_needed()
    before = top_of(page, "question-sqrt2")

    edit(content, WHY, "is evaluated one time.\n\nMuch more\n\nis to say\n\nof that. It comes")

    expect(page.locator("#question-default-list")).to_contain_text("evaluated one time")
    assert abs(top_of(page, "question-sqrt2") - before) < 2
    expect(page.locator("#question-sqrt2-more")).to_have_attribute("open", "")


def test_a_fault_is_seen_and_so_is_that_it_is_mended(page: Page, content: Path) -> None:
    page.goto(TOPIC)
    question = page.locator("#question-default-list")
    edit(content, "- [x] `[1, 2]`", "- [ ] `[1, 2]`")
    expect(question).to_contain_text("no option is ticked")
    expect(question).to_contain_text("Both calls share the one list")

    edit(content, "- [ ] `[1, 2]`", "- [x] `[1, 2]`")

    expect(question).not_to_contain_text("no option is ticked")


def test_copied_code_still_has_its_button_after_a_save(page: Page, content: Path) -> None:
    page.goto(TOPIC)
    buttons = page.locator("#question-default-list .copy")
    before = buttons.count()
    edit(content, WHY, "is evaluated one time")
    expect(page.locator("#question-default-list")).to_contain_text("evaluated one time")

    assert before > 0
    expect(buttons).to_have_count(before)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_preview_fits_its_screen_and_has_no_barrier(
    page: Page, content: Path, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(TOPIC)
    edit(content, "- [x] `[1, 2]`", "- [ ] `[1, 2]`")
    expect(page.locator("[data-stale]").first).to_be_visible()

    for path in (TOPIC, "/", "/nowhere"):
        page.goto(path)
        no_barrier(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_comes_back_from_learners_fits_a_small_screen_and_has_no_barrier(
    chromium: Browser, tmp_path: Path, scheme: str
) -> None:
    pack, url = heard_files(tmp_path)
    say_at(url, "flagged", "Wrong: " + "x" * 80)
    listening = listening_at(url)
    with (
        served(lambda port: Server(Shelf([pack]), News(), listening)) as address,
        opened(chromium, address) as page,
    ):
        page.set_viewport_size({"width": 320, "height": 640})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.goto("/packs/heard/topics/loops")

        expect(page.locator("#question-flagged")).to_contain_text("Wrong: xxx")
        no_barrier(page)
