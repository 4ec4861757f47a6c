"""The texts of Moodle's questions as our Markdown, with the pictures they show."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Collection

from quiz.core.blocks import Place
from quiz.core.exchange import Loss, plain
from quiz.core.kinds import Remark
from quiz.core.packs import Picture
from quiz.formats.asked import remark_of
from quiz.formats.elements import Element
from quiz.formats.html import to_markdown
from quiz.formats.moodle.nodes import FILES

TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
PARAGRAPH = re.compile(r"\n\s*\n")


class Texts:
    """Reads texts of one file; collects pictures and losses."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.pictures: dict[str, Picture] = {}
        self.losses: list[Loss] = []

    def lose(self, element: Element, what: str, said: str = "") -> None:
        """Note a loss at an element."""
        self.losses.append(Loss(Place(self.file, element.line), what, " ".join(said.split())))

    def markdown(self, element: Element | None, default: str = "html") -> str:
        """Return the `text` in an element as Markdown, "" where there is none."""
        inner = element.first("text") if element else None
        if element is None or inner is None:
            return ""
        for found in element.all("file"):
            self._take(found)
        raw = inner.text.strip("\r\n") if inner.text.strip() else ""
        return self._as_markdown(inner, raw.replace(f"{FILES}/", ""), format_of(element, default))

    def remark(
        self, element: Element | None, beliefs: Collection[str], *, wrong: bool
    ) -> Remark | None:
        """Return a feedback as a remark, None where it is empty; `beliefs` are those declared."""
        text = self.markdown(element)
        return remark_of(text, beliefs, wrong=wrong) if text else None

    def _as_markdown(self, element: Element, raw: str, format: str) -> str:
        if format == "markdown":
            return raw
        if format == "plain_text":
            return "\n\n".join(plain(part) for part in PARAGRAPH.split(raw) if part.strip())
        if format != "html":
            raw = "".join(
                f"<p>{part.replace(chr(10), '<br>')}</p>" for part in PARAGRAPH.split(raw)
            )
        text, lost = to_markdown(raw)
        for name in lost:
            self.lose(element, "markup", f"<{name}>")
        return text

    def _take(self, found: Element) -> None:
        path = (found.attributes.get("path", "/") + found.attributes.get("name", "")).lstrip("/")
        media_type = TYPES.get(path.rpartition(".")[2].lower())
        if media_type is None:
            self.lose(found, "file", path)
            return
        try:
            data = base64.b64decode("".join(found.text.split()), validate=True)
        except binascii.Error:
            self.lose(found, "file", f"{path} is not readable")
            return
        self.pictures[path] = Picture(path, media_type, data)


def format_of(element: Element, default: str = "html") -> str:
    """Return the format that an element says its text has."""
    return element.attributes.get("format") or default
