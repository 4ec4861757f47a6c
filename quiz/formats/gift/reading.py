"""GIFT as a pack: its categories are topics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quiz.core.blocks import Place
from quiz.core.errors import OperatorError
from quiz.core.exchange import Imported, Loss, Names, Original, decoded, plain
from quiz.formats.asked import Around, UnaskedError, question_of
from quiz.formats.categories import UNNAMED, Category, category_path, imported
from quiz.formats.gift.answers import Entry, ask
from quiz.formats.gift.signs import FORMAT, hide, show
from quiz.formats.settings import told

ID = re.compile(r"\[id:((?:\\.|[^\]\\])*)\]")
TAG = re.compile(r"\[tag:([^\]<>`]*)\]")
NAMED = re.compile(r"::(.*?)::", re.DOTALL)
CATEGORY = "$CATEGORY:"


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines between two empty ones; `comments` are those that start with `//`."""

    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        said = (line for line in self.lines if not line.strip().startswith("//"))
        return "\n".join(said).strip()

    @property
    def comments(self) -> str:
        return "\n".join(line for line in self.lines if line.strip().startswith("//"))


def read(data: bytes, file: str) -> Imported:
    """Return the pack of a file. Raises OperatorError for what holds no question."""
    reader = _Reader(file)
    for block in _blocks(decoded(data, file)):
        reader.take(block)
    if not any(category.originals for category in reader.categories):
        message = f"{file} holds no question in GIFT."
        raise OperatorError(
            f"{message} A question ends with its answers in braces: {{=right ~wrong}}."
        )
    return imported(reader.categories, (), reader.losses)


class _Reader:
    def __init__(self, file: str) -> None:
        self.file, self.names = file, Names()
        self.categories: list[Category] = []
        self.losses: list[Loss] = []

    def take(self, block: _Block) -> None:
        text, place = block.text, Place(self.file, block.line)
        if text.startswith(CATEGORY):
            # A line of its own, whatever stands below it.
            first, _, rest = text.partition("\n")
            path = category_path(first.removeprefix(CATEGORY).strip())
            self.categories.append(Category(path, place))
            text = rest.strip()
        if text:
            if not self.categories:
                self.categories.append(Category((UNNAMED,), place))
            self._question(text, block, self.categories[-1])

    def _question(self, text: str, block: _Block, category: Category) -> None:
        place = Place(self.file, block.line)
        hidden = hide(text)
        found = NAMED.match(hidden)
        name = " ".join(show(found[1]).split()) if found else ""
        rest = hidden[found.end() :].strip() if found else hidden
        format = FORMAT.match(rest)
        known = format is not None and format[1] == "markdown"
        id = ID.search(block.comments)
        taken = self.names.take(id[1] if id else "", name or show(rest), text)
        title = name if known else plain(name)
        original = "\n".join(block.lines)
        category.originals.append(Original(taken, place, title or "Question", "gift", original))
        try:
            entry = Entry.of(rest, title)
            asked = ask(entry, told(TAG.findall(block.comments), ()))
        except UnaskedError as reason:
            self.losses.append(Loss(place, "question", f"kept as prose: {reason}"))
            return
        self.losses += (Loss(place, what, said) for what, said in entry.lost)
        around = Around(
            id=taken,
            title=title or _first_line(asked.stem),
            place=place,
            told=told(TAG.findall(block.comments), ()),
            feedback=entry.feedback,
        )
        category.questions.append(question_of(asked, around, {}))


def _blocks(text: str) -> Iterator[_Block]:
    lines: list[str] = []
    first = 1
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            first = first if lines else number
            lines.append(line)
        elif lines:
            yield _Block(first, tuple(lines))
            lines = []


def _first_line(stem: str) -> str:
    """Return the title of a question without a name: the first line of its text."""
    return next((line for line in stem.split("\n") if line.strip()), "Question").lstrip("#>- ")
