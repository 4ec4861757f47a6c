"""What comes in from other formats and goes out to them, and what is lost on the way."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from quiz.core.blocks import Place
from quiz.core.errors import OperatorError
from quiz.core.packs import Pack, Topic
from quiz.core.questions import Question

ID = re.compile(r"[a-z0-9-]{2,63}")
SIGNS = re.compile(
    r"([\\`*\[\]<]|(?<!\w)_|_(?!\w)|~(?=~)|(?<=~)~|&(?=#?\w+;)|^>|^[#+-](?=[#\s]|$)|^-(?=-+$))"
)
"""Signs that mean something to Markdown where they stand."""

NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
WORDS, LONGEST_SLUG, DIGITS = 6, 56, 6


@dataclass(frozen=True, slots=True, order=True)
class Loss:
    """Something that a format cannot hold.

    `what` names it, such as "penalty"; `said` tells what it was or what became of it, or is "".
    """

    place: Place
    what: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """A question as its own file has it, kept as text where we cannot ask it.

    `id` is that of the question made of it, or one of its own where none was; `topic` counts the
    topics of the pack from 0; `language` is the word of the fence.
    """

    id: str
    place: Place
    title: str
    language: str
    text: str
    topic: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """A file of another format as a pack. Texts are Markdown, places those of the file.

    The pack's `id` and `title` are "" where the file names none; every question has an id. An
    original without a question of its id is kept as prose, and so is one whose question our own
    checker refuses.
    """

    pack: Pack
    losses: tuple[Loss, ...] = ()
    originals: tuple[Original, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A pack in another format, as the bytes of one file."""

    data: bytes
    losses: tuple[Loss, ...] = ()


Reader = Callable[[bytes, str], Imported]
"""Takes the bytes and the name of a file. Raises OperatorError with a sentence."""

Writer = Callable[[Pack], Written]


class Names:
    """Gives ids that a repeated import gives again: each once, in the order of the file."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def take(self, said: str, title: str, content: str) -> str:
        """Return the id the file gives, else one made of the title and a hash of the content."""
        said = said.strip()
        if ID.fullmatch(said):
            return self._free(said)
        return self._free(f"{slug(said or title)}-{_digits(said or content)}")

    def _free(self, name: str) -> str:
        found, count = name, 1
        while found in self.taken:
            count += 1
            found = f"{name[:LONGEST_SLUG]}-{count}"
        self.taken.add(found)
        return found


def slug(title: str) -> str:
    """Return the first words of a title as an id."""
    words = re.findall(r"[a-z0-9]+", title.lower())[:WORDS]
    return "-".join(words)[:LONGEST_SLUG].strip("-") or "question"


def plain(text: str) -> str:
    """Return plain text as Markdown on one line that shows it as it is."""
    return NUMBERED.sub(r"\1\\\2", SIGNS.sub(r"\\\1", " ".join(text.split())))


def code_span(text: str) -> str:
    """Return one line of code as a code span of Markdown."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    ticks = "`" * (longest + 1)
    apart = text[:1] in ("`", " ") or text[-1:] in ("`", " ")
    return f"{ticks} {text} {ticks}" if apart and text.strip() else f"{ticks}{text}{ticks}"


def decoded(data: bytes, file: str) -> str:
    """Return the text of a file with plain line ends. Raises OperatorError if it is not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"{file}:{line}: byte {data[error.start]:#04x} is not UTF-8."
        raise OperatorError(f"{message} Save the file as UTF-8.") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise OperatorError(f"{file}:{line}: a NUL character. Remove it, or save as UTF-8.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def joined(parts: Sequence[Imported]) -> Imported:
    """Return several files as one pack: topics one after the other, no id twice.

    What only a whole pack has, such as its license, is that of the first file.
    """
    first, names, topics = parts[0], Names(), Names()
    found: list[Topic] = []
    originals: list[Original] = []
    for part in parts:
        at = len(found)
        ids = {old: names.take(old, "", "") for old in _ids(part)}
        originals += (replace(o, id=ids[o.id], topic=o.topic + at) for o in part.originals)
        for topic in part.pack.topics:
            questions = tuple(_renamed(question, ids[question.id]) for question in topic.questions)
            found.append(replace(topic, id=topics.take(topic.id, "", ""), questions=questions))
    pack = replace(
        first.pack,
        topics=tuple(found),
        misconceptions=tuple({b.id: b for p in parts for b in p.pack.misconceptions}.values()),
        pictures=tuple({x.path: x for p in parts for x in p.pack.pictures}.values()),
    )
    return Imported(pack, tuple(loss for part in parts for loss in part.losses), tuple(originals))


def _ids(part: Imported) -> list[str]:
    asked = (question.id for question in part.pack.questions)
    return list(dict.fromkeys([*asked, *(original.id for original in part.originals)]))


def _renamed(question: Question, id: str) -> Question:
    objective = id if question.objective == question.id else question.objective
    return replace(question, id=id, objective=objective)


def _digits(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]
