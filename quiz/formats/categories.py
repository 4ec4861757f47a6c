"""The categories of a question bank as the topics of a pack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from quiz.core.blocks import Place
from quiz.core.exchange import Imported, Loss, Names, Original, plain
from quiz.core.packs import Misconception, Objective, Pack, Picture, Topic
from quiz.core.questions import Question

ITEM = re.compile(r"- `([a-z0-9-]{2,63})` (.+?)(?: \(was: ([a-z0-9-]{2,63})\))?$")
CONTEXT = re.compile(r"\$\w+\$")
LISTS = ("Objectives", "Misconceptions")
UNNAMED = "Questions"


@dataclass(slots=True)
class Category:
    """A category with its questions; `named` are objectives or misconceptions, and former ids."""

    path: tuple[str, ...]
    place: Place
    id: str = ""
    notes: str = ""
    named: list[tuple[str, str, str]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    originals: list[Original] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The last of its names."""
        return self.path[-1] if self.path else UNNAMED


def category_path(text: str) -> tuple[str, ...]:
    """Return the names of `$course$/top/One/Two`, where `//` is a slash in a name."""
    names = (name.replace("\0", "/").strip() for name in text.replace("//", "\0").split("/"))
    return tuple(name for name in names if name and name != "top" and not CONTEXT.fullmatch(name))


def written_path(names: Sequence[str]) -> str:
    """Return the names as `category_path` reads them."""
    return "/".join(name.replace("/", "//") for name in ["$course$", "top", *names])


def with_list(text: str, things: Iterable[Objective | Misconception]) -> str:
    """Return notes with a list of objectives or misconceptions at their end."""
    found = list(things)
    if not found:
        return text
    items = (f"- `{x.id}` {x.sentence}" + (f" (was: {x.was})" if x.was else "") for x in found)
    name = LISTS[isinstance(found[0], Misconception)]
    return f"{text}\n\n**{name}**\n\n".lstrip("\n") + "\n".join(items)


def without_list(text: str) -> tuple[str, list[tuple[str, str, str]]]:
    """Return the notes and what `with_list` put at their end: ids, sentences and former ids."""
    for name in LISTS:
        notes, _, listed = f"\n\n{text}".rpartition(f"\n\n**{name}**\n\n")
        found = [ITEM.fullmatch(line) for line in listed.split("\n")]
        if all(found):
            return notes.strip("\n"), [(m[1], m[2], m[3] or "") for m in found if m]
    return text, []


def imported(
    categories: Sequence[Category], pictures: Iterable[Picture], losses: Iterable[Loss]
) -> Imported:
    """Return the pack: the first category is the whole if it is empty and holds all others."""
    first, *rest = categories
    whole = bool(rest) and not first.originals
    named = whole and all(one.path[: len(first.path)] == first.path for one in rest)
    topics = rest if named else categories
    names = Names()
    made = tuple(_topic(one, names) for one in topics)
    originals = (
        replace(original, topic=at) for at, one in enumerate(topics) for original in one.originals
    )
    pack = Pack(id="", title="", topics=made, pictures=tuple(pictures))
    if named:
        beliefs = (Misconception(name, said, first.place, was) for name, said, was in first.named)
        pack = replace(
            pack,
            id=first.id,
            title=first.title,
            description=first.notes,
            misconceptions=tuple(beliefs),
        )
    return Imported(pack, tuple(losses), tuple(originals))


def _topic(one: Category, names: Names) -> Topic:
    objectives = (Objective(name, said, one.place, was) for name, said, was in one.named)
    return Topic(
        id=names.take(one.id, one.title, "/".join(one.path)),
        title=one.title if "`" in one.title else plain(one.title),
        place=one.place,
        notes=one.notes,
        objectives=tuple(objectives),
        questions=tuple(one.questions),
    )
