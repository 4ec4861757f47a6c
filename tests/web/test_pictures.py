"""Pictures of a pack reach the page, and nothing else of its folder does."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from quiz.config import Settings
from tests.answering import walk_to
from tests.browsing import Browser
from tests.conftest import publish


def png() -> bytes:
    """Return a picture of one grey point."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\x80"))
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def pictured(content: Path, config: Settings, client: TestClient) -> Settings:
    (content / "images").mkdir()
    (content / "images" / "a dot.png").write_bytes(png())
    pack = content / "example-pack.md"
    old = "What does `2 ** 0.5` evaluate to?"
    new = f"![One grey dot](images/a%20dot.png)\n\n{old}"
    pack.write_text(pack.read_text().replace(old, new))
    publish(config)
    return config


@pytest.mark.every_engine
def test_a_card_shows_its_picture(browser: Browser, pictured: Settings) -> None:
    card = walk_to(browser, pictured, "number")
    while "grey dot" not in card.html:
        card = browser.submit(browser.submit(card, "I don’t know"), "Continue")
    image = re.search(r'<img src="([^"]+)" alt="One grey dot"', card.html)

    assert image
    answer = browser.client.get(image[1])
    assert answer.content == png()
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    ["images/none.png", "example-pack.md", "../example/example-pack.md", "%2e%2e/quiz.db", ""],
)
def test_nothing_else_of_the_folder_is_served(
    client: TestClient, pictured: Settings, path: str
) -> None:
    assert client.get(f"/packs/python-basics/pictures/{path}").status_code == 404
