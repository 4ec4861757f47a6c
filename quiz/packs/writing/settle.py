"""Text of anywhere as Markdown that a pack may hold."""

from __future__ import annotations

import re
from dataclasses import replace

from quiz.core.blocks import Block, Heading, Item, ItemList, Paragraph, Quote, markdown
from quiz.core.exchange import plain
from quiz.packs.problems import Log
from quiz.packs.reader import read_blocks

CLOSING = re.compile(r"(?<![^ ])(#+)$")


def settled(text: str) -> str:
    """Return block Markdown in canonical form, headings as bold paragraphs and no comments.

    Text that a pack already holds comes back as it is.
    """
    if not text:
        return ""
    return markdown(_calm(block) for block in read_blocks(text, "", Log()))


def title_line(text: str) -> str:
    """Return inline Markdown as one line that can be a heading; what it may not hold is shown."""
    line = " ".join(text.split())
    log = Log()
    read_blocks(f"## {line}", "", log)
    if log.findings:
        line = plain(line)
    return CLOSING.sub(r"\\\1", line) or "Untitled"


def _calm(block: Block) -> Block:
    match block:
        case Heading(place, _, text):
            return Paragraph(place, replace(text, source=f"**{text.source.strip('*')}**"))
        case Quote(place, blocks):
            return Quote(place, tuple(_calm(inner) for inner in blocks))
        case ItemList():
            items = tuple(
                Item(item.place, tuple(_calm(inner) for inner in item.blocks))
                for item in block.items
            )
            return replace(block, items=items)
        case _:
            return block
