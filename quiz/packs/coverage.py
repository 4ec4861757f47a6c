"""What a pack leaves out: objectives, misconceptions and sources that no question touches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from quiz.core.blocks import Heading, Paragraph
from quiz.core.packs import Misconception, Objective, Pack
from quiz.packs.files import pack_files, read_text, root_of
from quiz.packs.links import anchors
from quiz.packs.problems import Log
from quiz.packs.reader import read_blocks

SOURCES = "sources"
"""The folder of a pack for documents that its questions cite."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a pack has and lacks.

    `once` are objectives with a single question, `uncited` sections such as `sources/a.md#b`,
    or whole documents without a heading. `counts` are questions by kind and level, "" for none.
    """

    unasked: tuple[Objective, ...]
    once: tuple[Objective, ...]
    unnamed: tuple[Misconception, ...]
    uncited: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]


def coverage(path: Path, pack: Pack) -> Coverage:
    """Return what the pack at a folder or file covers; its documents are read anew."""
    asked = Counter(question.objective for question in pack.questions)
    objectives = [objective for topic in pack.topics for objective in topic.objectives]
    remarks = (r for q in pack.questions for r in q.commentary.remarks.values())
    named = {remark.misconception for remark in remarks}
    kinds = Counter((question.wording.body.name, question.level) for question in pack.questions)
    return Coverage(
        unasked=tuple(o for o in objectives if not asked[o.id]),
        once=tuple(o for o in objectives if asked[o.id] == 1),
        unnamed=tuple(m for m in pack.misconceptions if m.id not in named),
        uncited=tuple(_uncited(path, pack)),
        counts=kinds,
    )


def _uncited(path: Path, pack: Pack) -> Iterator[str]:
    """Yield the sections of the pack's documents that no source of a question leads to."""
    root = root_of(path)
    cited = set(_cited(pack))
    own = {file.name for file in pack_files(path)}
    documents = {file.relative_to(root).as_posix() for file in root.glob(f"{SOURCES}/**/*.md")}
    documents |= {name for name, _ in cited if name.endswith(".md")}
    for name in sorted(documents - own):
        for number, anchor in enumerate(_sections(root, name)):
            # A link to a document without an anchor leads to its beginning.
            if (name, anchor) not in cited and not (number == 0 and (name, "") in cited):
                yield f"{name}#{anchor}" if anchor else name


def _cited(pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield file and anchor of every source that lies in the pack."""
    for question in pack.questions:
        for block in read_blocks(question.commentary.source, question.place.file, Log()):
            for link in block.text.links if isinstance(block, Paragraph) else ():
                target, _, anchor = link.target.partition("#")
                if target and "://" not in target:
                    yield unquote(target).removeprefix("./"), unquote(anchor)


def _sections(root: Path, name: str) -> Iterable[str]:
    """Return the anchors of the headings that have text of their own, "" for text above them."""
    text = read_text(root / name, root, Log())
    blocks = read_blocks(text or "", name, Log())
    named = {id(heading): anchor for heading, anchor in anchors(blocks)}
    above, found = "", []
    for block in blocks:
        if isinstance(block, Heading):
            above = named[id(block)]
        else:
            found.append(above)
    return dict.fromkeys(found)
