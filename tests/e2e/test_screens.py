"""Every page and every kind on small and wide screens, in light and dark, without a barrier."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from quiz.config import Settings
from quiz.kinds import kinds
from tests.e2e.acts import no_barrier, samples, start


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_fits_a_small_screen_and_has_no_barrier(
    page: Page, config: Settings, scheme: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    start(page)
    seen = set()
    while True:
        seen.add(samples(page, config)[0])
        no_barrier(page)
        page.locator("#unknown").click()
        expect(page.locator("#verdict")).to_be_focused()
        no_barrier(page)
        page.locator("#continue").click()
        if len(seen) == len(kinds()) and "/cards/" not in page.url:
            break
        if _last(page):
            break
        expect(page.locator("#check")).to_be_visible()

    assert seen == set(kinds())


def _last(page: Page) -> bool:
    page.wait_for_load_state()
    return "/cards/" not in page.url


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/packs/python-basics",
        "/packs/python-basics/topics/names",
        "/progress",
        "/settings",
        "/sign-in",
        "/nowhere",
    ],
)
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_fits_its_screen_and_has_no_barrier(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(path)

    no_barrier(page)
