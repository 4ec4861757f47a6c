"""What tests of the preview do with it: open it, take a topic apart, edit a pack."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from quiz.web.preview.app import create_preview
from quiz.web.preview.news import News
from quiz.web.preview.shelf import Shelf

TOPIC = "/packs/example-pack/topics/names"
QUESTION = '<section class="rehearsal" id="question-'


def previewing(*paths: Path) -> TestClient:
    return TestClient(create_preview(Shelf(paths), News()), base_url="http://127.0.0.1:8001")


def questions(client: TestClient, address: str = TOPIC) -> dict[str, str]:
    """Return the HTML of each question of a topic, by its key."""
    response = client.get(address)
    assert response.status_code == 200
    _, *parts = response.text.split(QUESTION)
    return {part[: part.index('"')]: part for part in parts}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
