"""Files while they are made: nothing is held for who reads slowly, and nothing stays behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from quiz.storage.engine import Database, connected
from quiz.storage.library import Library
from quiz.teaching import exporting, tries
from quiz.teaching.exporting import chunks
from quiz.teaching.files import files
from quiz.teaching.source import Source
from tests.answering import give, samples, start
from tests.browsing import Browser
from tests.conftest import Clock, change, run
from tests.staff import enrol, sign_in
from tests.web.taking import lines, rows, take


@pytest.fixture
def answered(client: TestClient, browser: Browser, config: Settings) -> Browser:
    """A class with a learner who answered three cards of a round."""
    card = start(browser)
    for _ in range(3):
        card = browser.submit(give(browser, card, samples(config, card).right), "Continue")
    enrol(config, sign_in(client, config), "Grace")
    return browser


@pytest.fixture
def by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a page hold one row."""
    monkeypatch.setattr(tries, "PAGE", 1)


def source(db: Database) -> Source:
    return Source(db, Library(), Clock())


def there(folder: Path) -> set[Path]:
    return set(folder.iterdir())


def idle(db: Database) -> bool:
    return "Current Checked out connections: 0" in db.read.pool.status()


@pytest.mark.usefixtures("by_one")
def test_no_connection_is_held_between_two_pages(answered: Browser, config: Settings) -> None:
    async def watch() -> list[bool]:
        async with connected(config.database_url) as db:
            made = chunks(source(db), files()["attempts"], "csv")
            return [idle(db) async for _ in made]

    assert run(watch()) == [True, True, True]


@pytest.mark.usefixtures("by_one")
def test_what_is_answered_meanwhile_is_not_in_the_file(answered: Browser, config: Settings) -> None:
    async def take_slowly() -> int:
        async with connected(config.database_url) as db:
            made = chunks(source(db), files()["attempts"], "csv")
            rows = (await anext(made)).rows
            card = start(answered)
            give(answered, card, samples(config, card).right)
            return rows + sum([chunk.rows async for chunk in made])

    assert run(take_slowly()) == 3
    assert len(rows(answered, "attempts")) == 4


@pytest.mark.usefixtures("by_one")
def test_a_spreadsheet_that_nobody_waits_for_leaves_nothing_on_the_disk(
    answered: Browser, config: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = there(tmp_path)

    async def leave() -> set[Path]:
        async with connected(config.database_url) as db:
            made = chunks(source(db), files()["attempts"], "xlsx")
            await anext(made)
            meanwhile = there(tmp_path) - before
            await made.aclose()
            return meanwhile

    assert len(run(leave())) == 1
    assert there(tmp_path) == before


def test_a_file_that_rests_while_it_is_made_is_the_same(
    answered: Browser, config: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "STEP_S", 0.0)
    rests: list[float] = []
    monkeypatch.setattr(exporting, "sleep", rests.append)

    polite = take(answered, "attempts.csv").content

    assert len(rests) == 3
    monkeypatch.setattr(exporting, "STEP_S", 1000.0)
    assert take(answered, "attempts.csv").content == polite


def test_what_a_learner_brought_in_is_in_no_file(answered: Browser, config: Settings) -> None:
    assert len(lines(answered, "rounds")) == 1
    change(config, "UPDATE attempts SET mode = 'imported', misconceptions = '[\"x\"]', score = 0.0")
    change(config, "UPDATE rounds SET origin = public_id")

    async def everything(name: str) -> bytes:
        async with connected(config.database_url) as db:
            made = chunks(source(db), files()[name], "ndjson")
            return b"".join([chunk.data async for chunk in made])

    for name in ("attempts", "rounds", "statements", "misconceptions"):
        assert lines(answered, name) == []
        assert run(everything(name)) == b""
    (line,) = lines(answered, "gradebook")
    assert set(list(line.values())[5:]) == {None}
    assert b'"Python basics (python-basics)": null' in run(everything("gradebook"))
