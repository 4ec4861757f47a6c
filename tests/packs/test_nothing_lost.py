"""No word that an author wrote vanishes in silence: it is kept, or a finding tells of it.

A word is put between the lines of packs, in the forms that Markdown knows. Evidence is left out:
the guide says that text beside its fences is a note for authors.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from quiz.core.blocks import Heading
from quiz.packs.loader import Loaded, load_pack
from quiz.packs.problems import Log
from quiz.packs.reader import read_blocks

TESTS = Path(__file__).resolve().parent.parent
EXAMPLE, RARE = TESTS / "packs" / "example" / "example-pack.md", TESTS / "kinds" / "unusual.md"
PACKS = [EXAMPLE, RARE, *sorted((TESTS.parent / "content").glob("*/pack.md"))]
WORD = "Zyxwvut"
FORMS = (
    WORD,
    f"\n{WORD}\n",
    f"\n- {WORD}\n",
    f"\n1. {WORD}\n",
    f"\n> {WORD}\n",
    f"\n#### {WORD}\n",
    f"\n```\n{WORD}\n```\n",
    f"\n| a | {WORD} |\n| - | - |\n| b | c |\n",
    f"\n[{WORD}]: https://example.org\n",
    f"\n[a]: https://example.org '{WORD}'\n",
)
INDENTS = ("", "  ", "   ", "     ")
TRIES = 300
"""How many words are put into each pack."""

AT_THE_END = 0.2
"""How often the word goes to the end of a line, where a cell or a metadata pair grows."""


@dataclass(frozen=True)
class Section:
    """What stands under a `#` or `##` down to its evidence, and what makes a pack of it."""

    before: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.before + "\n".join(self.lines)

    def with_word(self, at: int, chance: random.Random) -> str:
        """Return the section with the word behind line `at`, or at its end."""
        line, indent = self.lines[at], chance.choice(INDENTS)
        form = "\n".join(indent + part if part else "" for part in chance.choice(FORMS).split("\n"))
        grown = f"{line} {WORD}" if chance.random() < AT_THE_END else f"{line}\n{form}"
        return self.before + "\n".join([*self.lines[:at], grown, *self.lines[at + 1 :]])


def sections(pack: Path) -> Iterator[Section]:
    """Yield the sections of a pack: a folder with a `pack.md`, or a single file."""
    others = sorted(pack.parent.glob("[0-9]*.md")) if pack.name == "pack.md" else []
    front, text = pack.read_text().split("\n---\n", 1)
    beliefs = topic = ""
    for lines in (page.split("\n") for page in [text, *(path.read_text() for path in others)]):
        for level, found in _parted(lines):
            under = "\n".join(found) + "\n"
            if found[0] == "# Misconceptions":
                beliefs = under
            elif level == 1:
                topic = under
                yield Section(f"{front}\n---\n{beliefs}", found)
            else:
                yield Section(f"{front}\n---\n{beliefs}{topic}", found)


def _parted(lines: list[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the level and the lines of each `#` and `##`, without its evidence."""
    blocks = read_blocks("\n".join(lines), "", Log())
    heads = [block for block in blocks if isinstance(block, Heading)]
    proofs = {head.place.line - 1 for head in heads if head.text.source == "Evidence"}
    tops = [head for head in heads if head.level < 3]
    ends = [*(head.place.line - 1 for head in tops), len(lines)]
    for head, (start, end) in zip(tops, pairwise(ends), strict=True):
        stop = min([at for at in proofs if start < at] + [end])
        yield head.level, tuple(lines[start : min(stop, end)])


def load(text: str, folder: Path) -> Loaded:
    path = folder / "pack-of-its-own.md"
    path.write_text(text)
    return load_pack(path)


def told(loaded: Loaded) -> set[tuple[str, str]]:
    return {(finding.code, finding.message) for finding in loaded.findings}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the document that the example pack cites."""
    (tmp_path / "example-source.md").write_text((EXAMPLE.parent / "example-source.md").read_text())
    return tmp_path


@pytest.mark.parametrize("pack", PACKS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_word_anywhere_is_kept_or_told(pack: Path, folder: Path) -> None:
    chance = random.Random(1)
    found = list(sections(pack))
    whole = {section: load(section.text, folder) for section in found}
    lost = []
    for section in chance.choices(found, weights=[len(s.lines) for s in found], k=TRIES):
        tried = section.with_word(chance.randrange(len(section.lines)), chance)
        loaded = load(tried, folder)
        kept = loaded.pack is not None and WORD in repr(loaded.pack)
        if not kept and told(loaded) <= told(whole[section]):
            lost.append(tried)

    assert all(loaded.pack for loaded in whole.values())
    assert lost == []
