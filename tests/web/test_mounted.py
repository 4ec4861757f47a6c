"""The app inside another one: under a prefix, with its lifespan run by the host."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from quiz.config import Settings
from quiz.web.app import create_app
from tests.answering import give, samples
from tests.browsing import Browser
from tests.conftest import HOME, Clock, publish

ADDRESS = re.compile(r'(?:href|src|action|formaction|hx-post|hx-get)="([^"]*)"')


@pytest.fixture
def host(config: Settings, clock: Clock) -> Iterator[TestClient]:
    """A FastAPI app with a page of its own, and ours under /quiz."""
    publish(config)
    quiz_app = create_app(config, clock=clock)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[dict[str, Any], None]:
        async with quiz_app.router.lifespan_context(quiz_app) as state:
            yield dict(state or {})

    app = FastAPI(lifespan=lifespan)
    app.add_api_route("/hello", lambda: {"hello": "host"})
    app.mount("/quiz", quiz_app)
    with TestClient(app, base_url=HOME) as client:
        yield client


def test_every_address_of_every_page_lies_under_the_prefix(host: TestClient) -> None:
    seen, waiting = set[str](), ["/quiz/"]
    while waiting:
        address = waiting.pop()
        response = host.get(address)
        assert response.status_code == 200, address
        if "html" not in response.headers["content-type"]:
            continue
        for found in ADDRESS.findall(response.text):
            path = found.partition("#")[0]
            assert path == "" or path.startswith(("/quiz/", "https://")), (address, found)
            if path.startswith("/quiz/") and path not in seen and "rounds" not in path:
                seen.add(path)
                waiting.append(path)

    assert {"/quiz/progress", "/quiz/packs/python-basics"} <= seen
    assert any(path.endswith(".css") for path in seen)


def test_a_learner_gets_through_a_round_under_the_prefix(
    host: TestClient, config: Settings
) -> None:
    browser = Browser(host)
    page = browser.submit(browser.get("/quiz/"), "Start")
    assert page.address.startswith(f"{HOME}/quiz/rounds/")

    while page.can("Check"):
        page = give(browser, page, samples(config, page).right)
        page = browser.submit(page, "Continue" if page.can("Continue") else "See the summary")

    assert page.status == 200
    assert "/quiz/rounds/" in page.address
    assert host.get("/hello").json() == {"hello": "host"}


def test_the_answer_for_htmx_names_addresses_under_the_prefix(host: TestClient) -> None:
    page = Browser(host).submit(Browser(host).get("/quiz/"), "Start")
    fields = {"after": "1"}
    headers = {"HX-Request-Type": "partial"}

    response = host.post(
        f"{page.address.rpartition('/cards')[0]}/next", data=fields, headers=headers
    )

    assert response.headers["HX-Push-Url"].startswith("/quiz/rounds/")
