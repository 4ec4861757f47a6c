"""A real server, and Chromium to look at it."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from quiz.config import Settings, settings
from quiz.web.app import create_app
from tests.conftest import NOW, publish

EXPECTED = ("Failed to load resource", "htmx: htmx:error: Failed to fetch")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"] + [
    f"--disable-{name}" for name in ("background-networking", "component-update", "sync")
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium, for one module: while it runs, no other loop can run in this thread."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        if os.environ.get("SKIP_NOTHING"):
            pytest.fail("Chromium is not installed, and nothing may be skipped here")
        pytest.skip("Chromium is not installed: what only a browser can tell is not tested")
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def served(make: Callable[[int], uvicorn.Server]) -> Iterator[str]:
    """Run the server that is made for a free port, and return its address."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
        server = make(port)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
        thread.start()
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join()


@pytest.fixture
def address(config: Settings) -> Iterator[str]:
    """Serve the example pack on a free port and return the address."""
    publish(config)

    def make(port: int) -> uvicorn.Server:
        own = settings(
            {
                "QUIZ_DATA": str(config.data),
                "QUIZ_CONTENT": str(config.content),
                "QUIZ_PORT": str(port),
            }
        )
        app = create_app(own, clock=lambda: NOW)
        return uvicorn.Server(
            uvicorn.Config(app, lifespan="on", log_level="error", timeout_graceful_shutdown=1)
        )

    with served(make) as address:
        yield address


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """A page of a fresh browser; whatever it complains of fails the test."""
    with opened(chromium, address) as page:
        yield page


@contextmanager
def opened(chromium: Browser, address: str) -> Iterator[Page]:
    """Open a fresh browser; whatever its page complains of fails the test."""
    context = chromium.new_context(base_url=address, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.clock.install(time=NOW)
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    # A 404 or a broken line is what some tests are about, and browsers log it all the same.
    assert [text for text in complaints if not text.startswith(EXPECTED)] == []
