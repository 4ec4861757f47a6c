"""The account of who has signed in, on a small screen."""

from __future__ import annotations

import pyotp
import pytest
from playwright.sync_api import Page, expect

from quiz.config import Settings
from tests.conftest import NOW
from tests.e2e.acts import no_barrier
from tests.staff import login_of


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_account_fits_a_small_screen_and_has_no_barrier(
    page: Page, address: str, config: Settings, scheme: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.context.add_cookies([{"name": "login", "value": login_of(config), "url": address}])
    page.goto("/account")
    no_barrier(page)
    page.get_by_role("link", name="Set it up").click()
    secret = page.locator("code.secret").inner_text()
    for code in ("000000", pyotp.TOTP(secret).at(NOW)):
        page.get_by_label("Code that the app shows").fill(code)
        no_barrier(page)
        page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_role("heading", name="The second factor is on")).to_be_visible()
    no_barrier(page)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("button", name="Switch it off")).to_be_visible()
    no_barrier(page)
