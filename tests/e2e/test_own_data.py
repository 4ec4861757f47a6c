"""A learner's data leaves and comes back through a real browser, on a small screen."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from quiz.config import Settings
from tests.e2e.acts import attempts, go_on, no_barrier, rest, start


def test_data_is_taken_out_deleted_and_brought_in_again_without_a_barrier(
    page: Page, config: Settings, tmp_path: Path
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    start(page)
    go_on(page)
    page.goto("/settings")
    page.get_by_role("link", name="See to your data").click()
    no_barrier(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Take out my data").press("Enter")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)

    page.get_by_role("link", name="Delete my data").press("Enter")
    no_barrier(page)
    page.get_by_role("button", name="Delete everything").press("Enter")
    expect(page.get_by_text("Everything is deleted")).to_be_visible()
    assert attempts(config) == 0

    rest(page)
    page.get_by_role("button", name="Bring it in").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Choose a file first")
    no_barrier(page)
    page.get_by_label("The file").set_input_files(file)
    rest(page)
    page.get_by_role("button", name="Bring it in").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 answer brought in")
    no_barrier(page)
    assert file.name == "my-data.json"
    assert attempts(config) == 1
