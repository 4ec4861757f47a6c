"""Markdown as our own small tree: what the reader makes, and what kinds parse.

A block knows its place, inline text stays Markdown with its soft breaks read as spaces, so that
a reflow of the file changes nothing. `markdown` writes blocks back as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LEADING_CODE = re.compile(r"(`+)(.+?)\1(?!`)\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file relative to its pack's folder, line and column from 1."""

    file: str
    line: int
    col: int = 1

    def below(self, lines: int) -> Place:
        """Return the first column of the line that is `lines` further down."""
        return Place(self.file, self.line + lines)


@dataclass(frozen=True, slots=True)
class Link:
    """A link or, with `image`, a picture; `text` is what it shows (the alt text of a picture)."""

    target: str
    text: str
    image: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Inline:
    """One run of inline Markdown.

    `source` is Markdown, `plain` what a reader sees of it, `codes` the content of its code spans.
    """

    source: str
    plain: str = ""
    codes: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    def leading_code(self) -> tuple[str, str] | None:
        """Return the code span the text starts with and the text after it, None without one."""
        found = LEADING_CODE.fullmatch(self.source)
        return (found[2].strip(), found[3]) if found else None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    place: Place
    text: Inline


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of any level, 1 to 6."""

    place: Place
    level: int
    text: Inline


@dataclass(frozen=True, slots=True)
class Fence:
    """A code fence; `words` are those of its info string, `code` ends with its last line's end."""

    place: Place
    words: tuple[str, ...]
    code: str
    closed: bool = True

    @property
    def language(self) -> str:
        """The first word, or "" where there is none."""
        return self.words[0] if self.words else ""

    @property
    def role(self) -> str:
        """The second word where it is no `key=value`, else ""."""
        return self.words[1] if len(self.words) > 1 and "=" not in self.words[1] else ""

    @property
    def flags(self) -> frozenset[str]:
        """The words after language and role that are no `key=value`."""
        return frozenset(word for word in self._rest if "=" not in word)

    @property
    def options(self) -> dict[str, str]:
        """The `key=value` words."""
        pairs = (word.partition("=") for word in self._rest if "=" in word)
        return {key: value for key, _, value in pairs}

    @property
    def _rest(self) -> tuple[str, ...]:
        return self.words[2 if self.role else 1 :]

    def lines(self) -> list[str]:
        """Return the lines of the code, without their ends."""
        return self.code.split("\n")[:-1] if self.code.endswith("\n") else self.code.split("\n")

    def line_place(self, index: int) -> Place:
        """Return the place of line `index` of the code, counted from 0."""
        return self.place.below(index + 1)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list."""

    place: Place
    blocks: tuple[Block, ...]

    @property
    def text(self) -> Inline:
        """The first paragraph, or empty text where the item starts with another block."""
        first = self.blocks[0] if self.blocks else None
        return first.text if isinstance(first, Paragraph) else Inline("")


@dataclass(frozen=True, slots=True)
class ItemList:
    """A bullet list, or with `ordered` a numbered one, whose first number is `start`."""

    place: Place
    ordered: bool
    items: tuple[Item, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    """A blockquote."""

    place: Place
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    place: Place
    cells: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `head` holds the titles of its columns."""

    place: Place
    head: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """A raw HTML comment, without its marks; `closed` where it ends as one."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""

    place: Place


Block = Paragraph | Heading | Fence | ItemList | Quote | Table | Comment | Rule


def markdown(blocks: Iterable[Block]) -> str:
    """Return the blocks as Markdown in one canonical form, comments left out."""
    return "\n\n".join(text for block in blocks if (text := _write(block)))


def _write(block: Block) -> str:
    match block:
        case Paragraph(_, text):
            return text.source
        case Heading(_, level, text):
            return f"{'#' * level} {text.source}"
        case Fence():
            return _write_fence(block)
        case Quote(_, blocks):
            return _indent(markdown(blocks), "> ", "> ")
        case ItemList(_, ordered, items, start):
            return "\n".join(_write_item(item, n, ordered) for n, item in enumerate(items, start))
        case Table(_, head, rows):
            rule = "| " + " | ".join("---" for _ in head.cells) + " |"
            return "\n".join([_write_row(head), rule, *(_write_row(row) for row in rows)])
        case Comment() | Rule():
            return "---" if isinstance(block, Rule) else ""


def _write_item(item: Item, number: int, ordered: bool) -> str:
    mark = f"{number}. " if ordered else "- "
    return _indent(markdown(item.blocks), mark, " " * len(mark))


def _write_fence(fence: Fence) -> str:
    longest = max((len(run) for run in re.findall(r"`+", fence.code)), default=0)
    marks = "`" * max(3, longest + 1)
    code = fence.code if fence.code.endswith("\n") or not fence.code else fence.code + "\n"
    return f"{marks}{' '.join(fence.words[:1])}\n{code}{marks}"


def _write_row(row: Row) -> str:
    return "| " + " | ".join(cell.source.replace("|", "\\|") for cell in row.cells) + " |"


def _indent(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([(first + lines[0]).rstrip(), *((rest + line).rstrip() for line in lines[1:])])
