"""What a test needs to know to answer on purpose: the seed and the key of a card."""

from __future__ import annotations

import re

from sqlalchemy import select

from quiz.config import Settings
from quiz.core.codec import load_wording
from quiz.core.kinds import Form, Samples, Seed
from quiz.core.questions import Wording
from quiz.kinds import kinds
from quiz.storage.catalog import card_texts
from quiz.storage.engine import connected
from quiz.storage.published import RevisionRow
from quiz.storage.tables import RoundCardRow, RoundRow
from tests.browsing import Browser, Page
from tests.conftest import run

CARD = re.compile(r"/rounds/([^/]+)/cards/(\d+)")


def where(page: Page) -> tuple[str, int]:
    """Return round and position of a card's address."""
    found = CARD.search(page.address)
    assert found, page.address
    return found[1], int(found[2])


async def _look(config: Settings, round_id: str, position: int) -> tuple[Wording, Seed]:
    async with connected(config.database_url) as database, database.reading() as session:
        query = (
            select(RoundRow, RoundCardRow)
            .join(RoundCardRow, RoundCardRow.round_id == RoundRow.id)
            .where(RoundRow.public_id == round_id, RoundCardRow.position == position)
        )
        found, card = (await session.execute(query)).one()
        wording, *_ = await card_texts(session, card.pack_id, card.question_id, card.rev)
        seed = Seed(bytes.fromhex(found.secret), card.question_id)
        return load_wording(wording, kinds()), seed


def look(config: Settings, page: Page) -> tuple[Wording, Seed]:
    """Return what a card asks and the seed it is asked with."""
    return look_at(config, page.address)


def look_at(config: Settings, address: str) -> tuple[Wording, Seed]:
    """Return what the card at an address asks and the seed it is asked with."""
    found = CARD.search(address)
    assert found, address
    return run(_look(config, found[1], int(found[2])))


def samples(config: Settings, page: Page) -> Samples:
    """Return a right, a wrong and an unreadable form for a card."""
    wording, seed = look(config, page)
    return wording.body.samples(seed)


def give(browser: Browser, page: Page, form: Form) -> Page:
    """Answer a card with a form; own words are graded in the second step, as asked for."""
    sent = {name: list(values) for name, values in form.items()}
    grade = sent.pop("self_grade", None)
    after = browser.submit(page, "Check", sent)
    if grade and after.can("I had it"):
        after = browser.submit(after, "I had it" if grade == ["yes"] else "Not yet")
    return after


def walk_to(browser: Browser, config: Settings, kind: str) -> Page:
    """Start a round through everything and go on until a card of this kind is asked.

    What is shown on the way is not looked at: a card is answered and left without its page.
    """
    page = start(browser)
    round_id, first = where(page)
    place = run(_place_of(config, round_id, kind))
    at = page.address.rpartition("/cards/")[0]
    for position in range(first, place):
        unknown = {"unknown": "1"}
        browser.client.post(f"{at}/cards/{position}", data=unknown, follow_redirects=False)
        browser.client.post(f"{at}/next", follow_redirects=False)
    return browser.get(f"{at}/cards/{place}")


async def _place_of(config: Settings, round_id: str, kind: str) -> int:
    async with connected(config.database_url) as database, database.reading() as session:
        query = (
            select(RoundCardRow.position)
            .join(RoundRow, RoundRow.id == RoundCardRow.round_id)
            .join(
                RevisionRow,
                (RevisionRow.pack_id == RoundCardRow.pack_id)
                & (RevisionRow.question_id == RoundCardRow.question_id)
                & (RevisionRow.rev == RoundCardRow.rev),
            )
            .where(RoundRow.public_id == round_id, RevisionRow.kind == kind)
            .order_by(RoundCardRow.position)
        )
        return (await session.scalars(query.limit(1))).one()


def start(
    browser: Browser, *, size: int = 20, topic: str | None = None, mode: str = "practice"
) -> Page:
    """Start a round by its form's fields."""
    fields = {"pack": "python-basics", "size": str(size), "mode": mode}
    response = browser.client.post("/rounds", data=fields | ({"topic": topic} if topic else {}))
    return Page(str(response.url), response.status_code, response.text)


def said(page: Page) -> str:
    """Return the text of the verdict's heading."""
    found = re.search(r'<h2 id="verdict".*?>(.*?)</h2>', page.html, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split())
