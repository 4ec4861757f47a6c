"""Markdown to our own block tree, each block with its line and column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it.rules_block.table import escapedSplit
from markdown_it.tree import SyntaxTreeNode
from markdown_it.utils import EnvType

from quiz.core.blocks import (
    Block,
    Comment,
    Fence,
    Heading,
    Inline,
    Item,
    ItemList,
    Paragraph,
    Place,
    Quote,
    Row,
    Rule,
    Table,
)
from quiz.core.kinds import Report
from quiz.packs.inline import MAX_NESTING, PARSER, read_inline

MAX_BLOCK = 16 * 1024
"""Signs in one block: what is longer costs time and is not read by anyone."""


@dataclass(frozen=True, slots=True)
class _Container:
    """A quote or, with the length of its sign, an item of a list around a block."""

    line: int
    sign: int = 0


_Around = tuple[_Container, ...]
_Definition = dict[str, Any]
"""What markdown-it keeps of a link definition; `map` holds its first line, from 0."""


def read_blocks(text: str, file: str, report: Report) -> tuple[Block, ...]:
    """Return the blocks of Markdown; what cannot be one is reported and left out."""
    definitions = _Definitions()
    env: EnvType = {"references": definitions}
    tokens = PARSER.parse(text, env)
    reader = _Reader(text.split("\n"), file, env, report)
    deep = next((token for token in tokens if token.level >= MAX_NESTING - 1), None)
    if deep is not None:
        place = Place(file, deep.map[0] + 1 if deep.map else 1)
        report(place, "E121", "nested too deeply", "Take lists and quotes apart.")
    blocks = reader.blocks(SyntaxTreeNode(tokens).children, ())
    reader.report_unused([*definitions.unused(), *env.get("duplicate_refs", ())])
    return blocks


class _Definitions(dict[str, _Definition]):
    """The link definitions of a file by their label; knows those that a text asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def get(self, label: str, default: Any = None, /) -> Any:
        self.used.add(label)
        return super().get(label, default)

    def unused(self) -> list[_Definition]:
        return [definition for label, definition in self.items() if label not in self.used]


class _Reader:
    def __init__(self, lines: list[str], file: str, env: EnvType, report: Report) -> None:
        self.lines, self.file, self.env, self.report = lines, file, env, report

    def blocks(self, nodes: Sequence[SyntaxTreeNode], around: _Around) -> tuple[Block, ...]:
        found = (self.block(node, around) for node in nodes)
        return tuple(block for block in found if block is not None)

    def block(self, node: SyntaxTreeNode, around: _Around) -> Block | None:
        place = self.place(_line(node), around)
        match node.type:
            case "paragraph":
                return Paragraph(place, self.inline(node.children[0], place))
            case "heading":
                return Heading(place, int(node.tag[1]), self.inline(node.children[0], place))
            case "fence" | "code_block":
                return self.fence(node, place)
            case "blockquote":
                inner = (*around, _Container(_line(node)))
                return Quote(place, self.blocks(node.children, inner))
            case "bullet_list" | "ordered_list":
                items = tuple(self.item(child, around) for child in node.children)
                start = int(node.attrs.get("start", 1))
                return ItemList(place, node.type == "ordered_list", items, start)
            case "table":
                return self.table(node, place, around)
            case "html_block":
                return self.html(node, place, around)
            case _:
                return Rule(place)

    def place(self, line: int, around: _Around) -> Place:
        """Return the first sign of the block on that line (from 0), behind the signs around it."""
        text = self.lines[line]
        at = 0
        for container in around:
            at = _skip_space(text, at)
            if container.sign and container.line == line:
                at += container.sign
            elif not container.sign and text[at : at + 1] == ">":
                at += 1
        at = min(_skip_space(text, at), max(0, len(text) - 1))
        return Place(self.file, line + 1, at + 1)

    def inline(self, node: SyntaxTreeNode, place: Place) -> Inline:
        content = node.content
        if len(content) > MAX_BLOCK:
            self.too_large(place)
            return Inline("")

        def locate(offset: int) -> Place:
            above = content.count("\n", 0, offset)
            start = content.rfind("\n", 0, offset) + 1
            line = place.line + above
            text = self.lines[line - 1] if line <= len(self.lines) else ""
            at = text.find(content[start:].split("\n", 1)[0], 0 if above else place.col - 1)
            if at < 0:
                return place
            return Place(self.file, line, at + offset - start + 1)

        return read_inline(content, self.env, locate, self.report)

    def item(self, node: SyntaxTreeNode, around: _Around) -> Item:
        line = _line(node)
        container = _Container(line, len(node.info) + len(node.markup))
        return Item(self.place(line, around), self.blocks(node.children, (*around, container)))

    def table(self, node: SyntaxTreeNode, place: Place, around: _Around) -> Table:
        rows = [self.row(row, around) for part in node.children for row in part.children]
        return Table(place, rows[0], tuple(rows[1:]))

    def row(self, node: SyntaxTreeNode, around: _Around) -> Row:
        place = self.place(_line(node), around)
        written = _cells(self.lines[place.line - 1][place.col - 1 :])
        if any(written[len(node.children) :]):
            hint = "Give the table a column for it; a `|` inside a cell is written `\\|`."
            self.report(place, "E112", "a cell beyond the columns would never be shown", hint)
        return Row(place, tuple(self.inline(cell.children[0], place) for cell in node.children))

    def fence(self, node: SyntaxTreeNode, place: Place) -> Fence:
        code = node.content
        if len(code) > MAX_BLOCK:
            self.too_large(place)
        if node.type == "code_block":
            return Fence(place, (), code)
        first, last = node.map or (0, 0)
        # Code without a line end runs to the end of a file that has none.
        whole = code[-1:] in ("", "\n") and last - first == code.count("\n") + 2
        closed = whole and not _holds_fence(code, node.markup)
        if not closed:
            self.never_closed(place, "fence", code, f"Close it with a line {node.markup}")
        return Fence(place, tuple(node.info.split()), code, closed)

    def html(self, node: SyntaxTreeNode, place: Place, around: _Around) -> Comment | Fence | None:
        text = node.content.strip()
        if not text.startswith("<!--"):
            hint = "Use Markdown, or write it as code between backticks."
            self.report(place, "E114", f"raw HTML: {text.splitlines()[0][:40]}", hint)
        elif "-->" not in text[4:]:
            self.never_closed(place, "comment", text[4:], "Close it with -->")
            # Whoever misses what it swallows must see that something is open.
            return Fence(place, (), text, closed=False)
        elif text.index("-->", 4) != len(text) - 3:
            self.report(place, "E106", "text behind a comment", "Put it on a line of its own.")
        elif around:
            hint = "Only the comment under a `#` or `##` heading means something: remove it."
            self.report(place, "E106", "a comment inside a list or quote", hint)
        else:
            return Comment(place, text[4:-3])
        return None

    def report_unused(self, definitions: Sequence[_Definition]) -> None:
        for definition in definitions:
            hint = "Use it as `[text][label]`, or remove it."
            place = self.place(definition["map"][0], ())
            self.report(place, "W112", "no text uses this definition of a link", hint)

    def never_closed(self, place: Place, what: str, text: str, hint: str) -> None:
        count = sum(token.tag == "h2" and token.nesting == 1 for token in PARSER.parse(text))
        swallowed = "1 question" if count == 1 else f"{count} questions"
        after = f"; it swallows {swallowed}" if count else ""
        self.report(place, "E115", f"this {what} is never closed{after}", hint)

    def too_large(self, place: Place) -> None:
        self.report(
            place,
            "E121",
            f"this block has more than {MAX_BLOCK:,} signs",
            "Shorten it or take it apart.",
        )


def _line(node: SyntaxTreeNode) -> int:
    return node.map[0] if node.map else 0


def _cells(line: str) -> list[str]:
    """Return the cells of a table's row, those beyond its columns too."""
    cells = [cell.strip() for cell in escapedSplit(line.strip())]
    return cells[not cells[0] :]


def _skip_space(text: str, at: int) -> int:
    while text[at : at + 1] in (" ", "\t"):
        at += 1
    return at


def _holds_fence(code: str, markup: str) -> bool:
    """Return whether a fence starts inside that would have closed this one, had it no info."""
    if markup not in code:
        return False
    return any(
        token.type == "fence" and token.markup.startswith(markup) for token in PARSER.parse(code)
    )
