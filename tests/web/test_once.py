"""An answer counts once, is durable before the page says so, and costs few statements."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from quiz.config import Settings
from quiz.web.app import create_app
from tests.answering import give, samples, start, walk_to
from tests.browsing import Browser
from tests.conftest import HOME, publish, stored

pytestmark = pytest.mark.every_engine


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect every statement but BEGIN and COMMIT."""
    seen: list[str] = []

    def note(_c: object, _cu: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "PRAGMA")):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_the_same_card_posted_twice_is_one_attempt_and_the_same_page(
    browser: Browser, config: Settings
) -> None:
    card = walk_to(browser, config, "single")
    forms = samples(config, card)
    before = len(stored(config, "SELECT id FROM attempts"))

    first = give(browser, card, forms.wrong)
    second = give(browser, card, forms.right)

    assert first.html == second.html
    assert len(stored(config, "SELECT id FROM attempts")) == before + 1


@pytest.mark.parametrize("right", [True, False])
def test_an_answer_costs_few_statements(
    browser: Browser, config: Settings, engine: str, right: bool
) -> None:
    """A server first holds the learner, and MariaDB looks whether the answer is new."""
    card = walk_to(browser, config, "single")
    forms = samples(config, card)
    form = {name: list(values) for name, values in (forms.right if right else forms.wrong).items()}

    with statements() as seen:
        response = browser.client.post(
            card.address, data=form, headers={"HX-Request-Type": "partial"}
        )

    assert response.status_code == 200
    assert len(seen) <= {"sqlite": 5, "mariadb": 7}.get(engine, 6), "\n".join(seen)


def test_a_shown_card_costs_one_read(browser: Browser, config: Settings) -> None:
    card = walk_to(browser, config, "single")

    with statements() as seen:
        browser.get(card.address)

    assert len(seen) == 1


async def test_fifty_posts_at_once_are_one_attempt_and_one_verdict(config: Settings) -> None:
    await asyncio.to_thread(publish, config)
    app = create_app(config)
    async with app.router.lifespan_context(app) as state:

        async def with_state(scope, receive, send):  # type: ignore[no-untyped-def]
            await app({**scope, "state": dict(state or {})}, receive, send)

        transport = httpx2.ASGITransport(with_state)
        async with httpx2.AsyncClient(
            transport=transport, base_url=HOME, follow_redirects=True
        ) as client:
            fields = {"pack": "python-basics", "size": "5", "mode": "practice"}
            started = await client.post("/rounds", data=fields)
            address = str(started.url)
            answers = await asyncio.gather(
                *(client.post(address, data={"unknown": "1"}) for _ in range(50))
            )

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert stored(config, "SELECT count(*) FROM attempts") == [(1,)]
    assert stored(config, "SELECT answered FROM topic_progress") == [(1,)]


def test_opening_pages_writes_nothing(browser: Browser, config: Settings) -> None:
    card = start(browser, size=5)

    with statements() as seen:
        for address in ("/", "/progress", "/packs/python-basics", card.address):
            browser.get(address)

    assert seen
    assert {statement.split()[0] for statement in seen} == {"SELECT"}
