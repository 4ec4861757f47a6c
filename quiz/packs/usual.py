"""How a file of a pack is usually written: each rule proposes edits of whole lines."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from quiz.core.blocks import Comment, Place
from quiz.packs.meta import QUESTION_KEYS, read_pairs
from quiz.packs.problems import Log

ORDER = (
    *("id", "was", "kind", "objective", "level", "tags", "points", "shuffle", "score", "v", "uses"),
)
"""The order in which metadata is written."""

KEPT = frozenset({"fence", "code_block", "html_block", "table_open"})
"""What stays as it was typed, line by line."""

CONTAINERS = frozenset({"bullet_list_open", "ordered_list_open", "blockquote_open"})

BULLET = re.compile(r"^([ >]*)[*+](?=[ \t])")
BOX = re.compile(r"^( {0,3}[-*+][ \t]+)\[([ xX])\][ \t]+(?=\S)")
HASHES = re.compile(r"^( {0,3}#{1,6})[ \t]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Edit:
    """Lines `start` to `end` (from 0, the last not among them) and what stands there instead."""

    start: int
    end: int
    lines: tuple[str, ...]


def metadata(lines: Sequence[str], tokens: Sequence[Token]) -> Iterator[Edit]:
    """Write the pairs of metadata in one order, on one line or one a line as they were."""
    for start, end in comments(tokens):
        text = "\n".join(lines[start:end]).strip()
        pairs = pairs_of(Comment(Place("", 1), text.removeprefix("<!--").removesuffix("-->")))
        if pairs is not None:
            written = [f"{key}: {pairs[key]}" for key in ORDER if key in pairs]
            one_line = (f"<!-- {'; '.join(written)} -->",)
            yield Edit(start, end, one_line if end - start == 1 else ("<!--", *written, "-->"))


def bullets(lines: Sequence[str], tokens: Sequence[Token]) -> Iterator[Edit]:
    """Write bullets as `-`.

    The bullets of a block change together: one alone would break its list in two.
    """
    items = (token for token in tokens if token.type == "list_item_open" and token.markup in "*+")
    starts = {span(item)[0] for item in items}
    for block in tokens:
        if block.type in CONTAINERS and not block.level:
            first, last = span(block)
            numbered = ((n, lines[n]) for n in range(first, last))
            new = (BULLET.sub(r"\1-", line) if n in starts else line for n, line in numbered)
            yield Edit(first, last, tuple(new))


def boxes(lines: Sequence[str], tokens: Sequence[Token]) -> Iterator[Edit]:
    """Write the tick boxes of options as `[ ]` or `[x]`, with one space behind."""
    asking = False
    for token in tokens:
        if token.type == "heading_open" and not token.level:
            asking = token.tag == "h2"
        elif asking and token.type == "list_item_open" and token.level == 1:
            number, _ = span(token)
            ticked = BOX.sub(lambda found: f"{found[1]}[{found[2].lower()}] ", lines[number])
            yield Edit(number, number + 1, (ticked,))


def spaces(lines: Sequence[str], tokens: Sequence[Token]) -> Iterator[Edit]:
    """Remove spaces at line ends, and those behind the signs of a heading but one."""
    kept = _kept(tokens)
    for number, line in enumerate(lines):
        if number not in kept:
            yield Edit(number, number + 1, (HASHES.sub(r"\1 ", line.rstrip(" \t")),))


def gaps(lines: Sequence[str], tokens: Sequence[Token]) -> Iterator[Edit]:
    """Leave one empty line around headings with their metadata, and one where there are more."""
    tops = [token for token in tokens if not token.level and token.map]
    starts = {start for start, _ in comments(tokens)}
    for before, after in itertools.pairwise(tops):
        start, end = _last(lines, before), span(after)[0]
        heading, data = before.type == "heading_open", span(before)[0] in starts
        size = end - start if not (heading or data or after.type == "heading_open") else 1
        if heading and end in starts:
            size = 0
        # A definition of a link stands between blocks, too.
        if all(blank(line) for line in lines[start:end]):
            yield Edit(start, end, ("",) * min(size, 1))


def runs(lines: Sequence[str], tokens: Sequence[Token]) -> Iterator[Edit]:
    """Shorten runs of empty lines inside of lists and quotes, and leave none at the ends."""
    kept = _kept(tokens)
    filled = [number for number, line in enumerate(lines) if not blank(line)]
    first, last = (filled[0], filled[-1]) if filled else (0, -1)
    for number, line in enumerate(lines[:-1]):
        outside = number < first or number > last
        double = number > 0 and blank(lines[number - 1]) and number - 1 not in kept
        if blank(line) and number not in kept and (outside or double):
            yield Edit(number, number + 1, ())


def comments(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield first line and end of the comments that stand under a heading of level 1 or 2."""
    for before, token in itertools.pairwise(tokens):
        if before.type == "heading_close" and before.tag in ("h1", "h2") and not token.level:
            text = token.content.strip() if token.type == "html_block" else ""
            if text.startswith("<!--") and text.find("-->", 4) == len(text) - 3:
                start, _ = span(token)
                yield start, start + len(token.content.rstrip("\n").split("\n"))


def pairs_of(comment: Comment) -> dict[str, str] | None:
    """Return the metadata of a comment, lists spaced evenly; None where something is wrong."""
    log = Log()
    pairs = read_pairs(comment, QUESTION_KEYS, log)
    if log.findings or not pairs:
        return None
    texts = {key: value.text for key, value in pairs.items()}
    if "tags" in texts:
        texts["tags"] = ", ".join(tag.strip() for tag in texts["tags"].split(",") if tag.strip())
    return texts


def blank(line: str) -> bool:
    """Return whether Markdown takes the line as empty."""
    return not line.strip(" \t")


def span(token: Token) -> tuple[int, int]:
    """Return the first line of a block, from 0, and the one behind it."""
    start, end = token.map or (0, 0)
    return start, end


def _last(lines: Sequence[str], block: Token) -> int:
    """Return the line behind a block, without empty lines that Markdown counts to it."""
    start, end = span(block)
    while block.type != "fence" and end > start + 1 and blank(lines[end - 1]):
        end -= 1
    return end


def _kept(tokens: Iterable[Token]) -> frozenset[int]:
    """Return the lines that stay as they were typed; the marks of a fence are not among them."""
    lines: set[int] = set()
    for token in tokens:
        if token.type in KEPT:
            start, end = span(token)
            marks = token.type == "fence"
            lines.update(range(start + marks, end - marks))
    return frozenset(lines)


RULES = (metadata, bullets, boxes, spaces, gaps, runs)
