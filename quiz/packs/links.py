"""Where links and pictures of a pack lead: inside it, and to something that is there."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from quiz.core.blocks import Block, Heading, Inline, Link, Paragraph, Table
from quiz.core.kinds import Report
from quiz.core.packs import Picture
from quiz.packs.files import MAX_FILE
from quiz.packs.problems import Log
from quiz.packs.reader import read_blocks
from quiz.packs.sections import walk

PICTURES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
"""Media types by suffix; SVG is not among them, as it can hold scripts."""

MAX_PICTURE = 1_000_000
"""Bytes; a page is read on phones."""

REMOTE = frozenset({"http", "https", "mailto"})


class Links:
    """Checks the links of one pack; remembers the sections of the files it looked into."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.sections: dict[Path, frozenset[str]] = {}
        self.found: dict[str, Picture] = {}

    def check(self, blocks: Iterable[Block], report: Report) -> None:
        """Report links that lead nowhere or out (E401 to E403, E411), and W412."""
        for text in _texts(blocks):
            for link in text.links:
                if link.image:
                    self._check_image(link, report)
                else:
                    self._check_link(link, report)

    def _check_image(self, link: Link, report: Report) -> None:
        address = _split(link.target)
        path = self._inside(address.path) if address and not address.netloc else None
        if address is None or address.scheme or path is None:
            hint = "Put the picture into the pack, under `images/`."
            report(link.place, "E411", f"picture '{link.target}' lies outside the pack", hint)
        elif not _is_file(path):
            report(link.place, "E411", f"picture '{link.target}' is missing", self._near(path))
        else:
            self._take_picture(link, unquote(address.path), path, report)
        if not link.text.strip():
            hint = "Say what it shows: `![what it shows](file)`."
            report(link.place, "W412", "this picture has no alt text", hint)

    def _take_picture(self, link: Link, name: str, path: Path, report: Report) -> None:
        media_type, size = PICTURES.get(path.suffix.lower()), path.stat().st_size
        if media_type is None:
            hint = f"Allowed: {', '.join(PICTURES)}."
            report(link.place, "E411", f"'{link.target}' is no picture that is shown", hint)
        elif size > MAX_PICTURE:
            hint = f"Make it smaller: {MAX_PICTURE // 1000:,} kB at most."
            report(link.place, "E411", f"'{link.target}' has {size // 1000:,} kB", hint)
        else:
            name = posixpath.normpath(name)
            self.found[name] = Picture(name, media_type, path.read_bytes())

    def _check_link(self, link: Link, report: Report) -> None:
        address = _split(link.target)
        if address and address.scheme in REMOTE:
            return
        target = address.path if address and not (address.scheme or address.netloc) else None
        path = self._inside(target or link.place.file) if target is not None else None
        if address is None or path is None:
            hint = "A link leads to a file of the pack, or starts with https://."
            report(link.place, "E403", f"link '{link.target}' leaves the pack", hint)
        elif not _is_file(path):
            report(link.place, "E401", f"file '{target}' is missing", self._near(path))
        elif address.fragment and path.suffix == ".md":
            self._check_section(link, path, unquote(address.fragment), report)

    def _check_section(self, link: Link, path: Path, anchor: str, report: Report) -> None:
        if path not in self.sections:
            self.sections[path] = frozenset(_slugs(path))
        if anchor not in self.sections[path]:
            near = difflib.get_close_matches(anchor, sorted(self.sections[path]), n=1)
            hint = f"Did you mean '#{near[0]}'?" if near else "Name one of its headings."
            report(link.place, "E402", f"'{path.name}' has no section '#{anchor}'", hint)

    def _inside(self, target: str) -> Path | None:
        """Return the path, links of the file system followed, or None if it leaves the pack."""
        try:
            path = (self.root / unquote(target)).resolve()
        except (OSError, ValueError, RuntimeError):
            return None
        good = path.is_relative_to(self.root) and not unquote(target).startswith("/")
        return path if good else None

    def _near(self, path: Path) -> str:
        try:
            names = [found.name for found in path.parent.iterdir()]
        except OSError:
            names = []
        near = difflib.get_close_matches(path.name, names, n=1)
        return f"Did you mean '{near[0]}'?" if near else "Paths start at the pack's folder."


def slug(heading: str) -> str:
    """Return the anchor that Markdown hosts give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(blocks: Iterable[Block]) -> Iterator[tuple[Heading, str]]:
    """Yield every heading with its anchor; the second of the same name gets `-1`, and so on."""
    seen: dict[str, int] = {}
    for block in walk(blocks):
        if isinstance(block, Heading):
            base = slug(block.text.plain)
            count = seen.get(base, 0)
            seen[base] = count + 1
            yield block, f"{base}-{count}" if count else base


def _slugs(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        text = file.read(MAX_FILE).decode(errors="replace")
    for _, anchor in anchors(read_blocks(text.replace("\r\n", "\n"), path.name, Log())):
        yield anchor


def _texts(blocks: Iterable[Block]) -> Iterator[Inline]:
    for block in walk(blocks):
        if isinstance(block, Paragraph | Heading):
            yield block.text
        elif isinstance(block, Table):
            for row in (block.head, *block.rows):
                yield from row.cells


def _split(target: str) -> SplitResult | None:
    try:
        return urlsplit(target)
    except ValueError:
        return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # A name can be longer than the file system allows.
        return False
