"""The files of a class, taken as its instructor does."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from httpx2 import Response

from tests.browsing import Browser
from tests.staff import CLASS

EXPORTS = f"/classes/{CLASS}/exports"


def take(browser: Browser, file: str, **asked: str) -> Response:
    """Return a file as it comes."""
    response = browser.client.get(f"{EXPORTS}/{file}", params=asked)
    assert response.status_code == 200, response.text
    return response


def table(browser: Browser, name: str, **asked: str) -> list[list[str]]:
    """Return all cells of a file as CSV, the header first."""
    text = take(browser, f"{name}.csv", **asked).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def rows(browser: Browser, name: str, **asked: str) -> list[dict[str, str]]:
    """Return the rows of a file as CSV by column."""
    head, *others = table(browser, name, **asked)
    return [dict(zip(head, row, strict=True)) for row in others]


def lines(browser: Browser, name: str, **asked: str) -> list[dict[str, Any]]:
    """Return the rows of a file as NDJSON."""
    return [json.loads(line) for line in take(browser, f"{name}.ndjson", **asked).text.splitlines()]
