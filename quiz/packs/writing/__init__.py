"""A pack as the files that an author would write: the way back from values to Markdown.

What the reader makes of these files is the pack again, places aside. A setup is named, but its
Python file is no part of a pack's value and is not written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from quiz.core.blocks import Fence, Place, markdown
from quiz.core.exchange import Original, slug
from quiz.core.kinds import JSON
from quiz.core.packs import Misconception, Objective, Pack, Topic
from quiz.packs.files import FIRST
from quiz.packs.frontmatter import FORMAT
from quiz.packs.sections import MISCONCEPTIONS, OBJECTIVES
from quiz.packs.writing.questions import can_write, question, shared_id
from quiz.packs.writing.settle import settled, title_line

LONGEST = 12_000
"""Signs of an original that are kept; a block may not have many more."""


def markdown_files(pack: Pack, originals: Iterable[Original] = ()) -> dict[str, bytes]:
    """Return the files of a pack's folder by their paths: `pack.md`, one a topic, the pictures.

    Originals whose question is not in the pack are kept as prose at the end of their topic.
    """
    asked = {question.id for question in pack.questions if can_write(question)}
    kept = [original for original in originals if original.id not in asked]
    files = {FIRST: _first(pack).encode()}
    digits = max(2, len(str(len(pack.topics))))
    for number, topic in enumerate(pack.topics, 1):
        own = [original for original in kept if original.topic == number - 1]
        name = f"{number:0{digits}}-{slug(topic.title)}.md"
        files[name] = _topic(topic, own).encode()
    files.update((picture.path, picture.data) for picture in pack.pictures)
    return files


def _first(pack: Pack) -> str:
    front = "\n".join(f"{key}: {_yaml(value)}" for key, value in _front(pack).items() if value)
    beliefs = [f"# {MISCONCEPTIONS}", _named(pack.misconceptions)] if pack.misconceptions else []
    return _parts(f"---\n{front}\n---", settled(pack.description), *beliefs)


def _front(pack: Pack) -> Mapping[str, JSON]:
    return {
        "format": FORMAT,
        "id": pack.id,
        "title": pack.title,
        "authors": list(pack.authors),
        "license": pack.license,
        "language": pack.language,
        "version": pack.version,
        "setup": pack.setup,
        "tested-with": list(pack.tested_with),
        "retired": dict(pack.retired),
    }


def _yaml(value: JSON) -> str:
    # JSON is YAML, so any value is one; a format or an id needs no quotes.
    return value if value in (FORMAT,) else json.dumps(value, ensure_ascii=False)


def _topic(topic: Topic, kept: Sequence[Original]) -> str:
    meta = [f"id: {topic.id}"] if topic.id else []
    meta += [f"was: {topic.was}"] if topic.was else []
    objectives = [f"### {OBJECTIVES}", _named(topic.objectives)] if topic.objectives else []
    head = [f"# {title_line(topic.title)}", *([f"<!-- {'; '.join(meta)} -->"] if meta else [])]
    sections: list[str] = []
    told: set[str] = set()
    for one in topic.questions:
        shared = one.wording.shared
        if shared and shared not in told:
            sections.append(_prose("Shared by several questions", shared_id(one), shared))
            told.add(shared)
        if can_write(one):
            sections.append(question(one))
    sections += (_prose(o.title, o.id, _fence(o)) for o in kept)
    return _parts("\n".join(head), settled(topic.notes), *objectives, *sections)


def _prose(title: str, id: str, text: str) -> str:
    return f"## {title_line(title)}\n<!-- id: {id}; kind: prose -->\n\n{settled(text)}"


def _fence(original: Original) -> str:
    text = original.text.strip("\n")[:LONGEST]
    return markdown([Fence(Place("", 1), (original.language,), text)])


def _named(things: Sequence[Objective | Misconception]) -> str:
    return "\n".join(
        f"- `{thing.id}` {title_line(thing.sentence)}"
        + (f" (was: {thing.was})" if thing.was else "")
        for thing in things
    )


def _parts(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"
