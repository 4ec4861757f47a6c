"""A file of quizdown: a question under each heading, which ends in a list.

There are two dialects. That of quizdown-js asks for one option by a numbered list with ticks, for
several by bullets, and for an order by a numbered list without; a quote is a hint, or speaks of
the option it stands in. In the other one, by J. Foley, any options may be ticked, and a numbered
list is one that is not shuffled.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from quiz.core.blocks import Place
from quiz.core.exchange import Imported
from quiz.core.tasklists import BOX
from quiz.core.words import prose, visible
from quiz.formats.github.questions import Asked, Choice, Collected
from quiz.formats.github.settings import SHUFFLE, Setting, cut_settings, shuffles
from quiz.formats.making import PARSER

MARK = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)")
QUOTE = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)
MATH = re.compile(r"\$[^$\s][^$]*\$")
LISTS = ("bullet_list_open", "ordered_list_open")


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level block with all that is in it, and its lines, from 0, the last not among them."""

    tokens: tuple[Token, ...]
    start: int
    end: int

    @property
    def type(self) -> str:
        return self.tokens[0].type


@dataclass(slots=True)
class Section:
    """What stands under a heading; `heading` is None for what stands above all of them."""

    heading: Block | None
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Listed:
    """An item: its text and quotes in Markdown, and its tick, None without a box."""

    text: str
    reason: str
    ticked: bool | None


def read_quiz(text: str, file: str) -> Imported:
    """Return the questions of a file."""
    lines, settings = cut_settings(text.split("\n"))
    reader = _Reader(file, lines, settings)
    sections = list(_sections(_blocks("\n".join(lines))))
    reader.any_ticks = any(reader.ticks_freely(section) for section in sections)
    notes, title = "", ""
    for number, section in enumerate(sections):
        if section.heading is None and not reader.list_of(section):
            notes = reader.source(section)
        elif number < 2 and not section.blocks and section.heading is not None:
            title = title or reader.heading(section.heading)
        else:
            reader.section(section)
    return reader.found.imported(title, notes)


def _blocks(text: str) -> Iterator[Block]:
    tokens: list[Token] = []
    for token in PARSER.parse(text):
        tokens.append(token)
        if token.level == 0 and token.nesting <= 0:
            start, end = tokens[0].map or (0, 0)
            yield Block(tuple(tokens), start, end)
            tokens = []


def _sections(blocks: Iterator[Block]) -> Iterator[Section]:
    section = Section(None)
    for block in blocks:
        if block.type == "heading_open":
            if section.heading or section.blocks:
                yield section
            section = Section(block)
        else:
            section.blocks.append(block)
    if section.heading or section.blocks:
        yield section


class _Reader:
    def __init__(self, file: str, lines: Sequence[str], settings: Sequence[Setting]) -> None:
        self.file, self.lines, self.settings = file, lines, settings
        self.found = Collected(file)
        self.any_ticks = False
        first = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
        self.shuffle = shuffles([s for s in settings if s.line < first], otherwise=True)
        for setting in settings:
            if setting.key != SHUFFLE:
                self.found.lose(Place(file, setting.line + 1), setting.key, setting.value)

    def slice(self, block: Block) -> str:
        return "\n".join(self.lines[block.start : block.end]).strip("\n")

    def source(self, section: Section) -> str:
        blocks = [*([section.heading] if section.heading else []), *section.blocks]
        lines = self.lines[blocks[0].start : blocks[-1].end]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")

    def heading(self, block: Block) -> str:
        return block.tokens[1].content if len(block.tokens) > 1 else ""

    def list_of(self, section: Section) -> Block | None:
        """Return the list that answers: the first with boxes, else the last one if numbered."""
        lists = [block for block in section.blocks if block.type in LISTS]
        boxed = (b for b in lists if any(i.ticked is not None for i in self.items(b)))
        ordered = [block for block in lists if block.type == LISTS[1]]
        return next(boxed, ordered[-1] if ordered else None)

    def ticks_freely(self, section: Section) -> bool:
        """Return whether a numbered list has more or fewer ticks than one: the second dialect."""
        block = self.list_of(section)
        if block is None or block.type != LISTS[1]:
            return False
        ticks = [item.ticked for item in self.items(block)]
        return None not in ticks and ticks.count(True) != 1

    def items(self, block: Block) -> list[Listed]:
        opened = [t for t in block.tokens if t.type == "list_item_open" and t.level == 1]
        ends = [token.map[1] for token in opened if token.map]
        starts = [token.map[0] for token in opened if token.map]
        quotes = [
            token.map
            for token in block.tokens
            if token.type == "blockquote_open" and token.level == 2 and token.map
        ]
        return [self.item(start, end, quotes) for start, end in zip(starts, ends, strict=True)]

    def item(self, start: int, end: int, quotes: Sequence[Sequence[int]]) -> Listed:
        inside = {n for first, last in quotes if start <= first < end for n in range(first, last)}
        first = MARK.sub("", self.lines[start], count=1)
        rest = [self.lines[n] for n in range(start + 1, end) if n not in inside]
        reason = "\n".join(self.lines[n] for n in sorted(inside) if n < end)
        box = BOX.match(first)
        text = "\n".join([first[box.end() :] if box else first, textwrap.dedent("\n".join(rest))])
        ticked = None if box is None else box[1] in "xX"
        return Listed(text.strip(), QUOTE.sub("", reason).strip(), ticked)

    def section(self, section: Section) -> None:
        block = self.list_of(section)
        asked = self.asked(section, block)
        if MATH.search(prose(asked.source)):
            self.found.lose(asked.place, "math", "it is shown as it is written")
        if block is None:
            self.found.keep(asked, "there is no list that answers")
            return
        items = self.items(block)
        ordered = block.type == LISTS[1]
        if all(item.ticked is None for item in items):
            self.sequence(asked, items)
        elif any(item.ticked is None for item in items):
            self.found.keep(asked, "an item without a box")
        else:
            choices = [Choice(i.text, bool(i.ticked), i.reason) for i in items]
            self.found.ask_options(asked, choices, several=not ordered or self.any_ticks)

    def asked(self, section: Section, block: Block | None) -> Asked:
        """Return the question: quotes before the list are hints, what stands behind explains."""
        at = section.blocks.index(block) if block else len(section.blocks)
        before, after = section.blocks[:at], section.blocks[at + 1 :]
        quotes = [one for one in before if one.type == "blockquote_open"]
        texts = [self.slice(one) for one in before if one.type != "blockquote_open"]
        heading = section.heading
        title = self.heading(heading) if heading else ""
        start = heading.start if heading else section.blocks[0].start
        ordered = block is not None and block.type == LISTS[1]
        own = [s for s in self.settings if heading and heading.end <= s.line < self.body(section)]
        return Asked(
            place=Place(self.file, start + 1),
            text="\n\n".join(text for text in (title, *texts) if text),
            source=self.source(section),
            title=title,
            hints=tuple(QUOTE.sub("", self.slice(quote)) for quote in quotes),
            explanation="\n\n".join(self.slice(one) for one in after),
            shuffle=shuffles(own, self.shuffle) and not (ordered and self.any_ticks),
        )

    def body(self, section: Section) -> int:
        """Return the first line under the heading that is not empty, from 0."""
        return section.blocks[0].start if section.blocks else len(self.lines)

    def sequence(self, asked: Asked, items: Sequence[Listed]) -> None:
        texts = [visible(item.text) for item in items]
        if texts != [" ".join(item.text.split()) for item in items]:
            self.found.lose(asked.place, "formatting", "lines to order are plain text")
        if any(item.reason for item in items):
            self.found.lose(asked.place, "comment", "nothing is said of a single line")
        solution = [[text, 0] for text in texts]
        payload = {"language": "text", "distractors": [], "free": [], "indent": False}
        self.found.ask(asked, "order", {**payload, "solution": solution})
