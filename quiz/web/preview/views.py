"""What the pages of the preview show: plain values. Text is Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from quiz.core.blocks import Place
from quiz.core.packs import Finding, Objective, Picture
from quiz.core.questions import Question


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings there are, errors apart from warnings."""

    errors: int = 0
    warnings: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.errors + other.errors, self.warnings + other.warnings)


@dataclass(frozen=True, slots=True)
class Entry:
    """A question at its place; `question` is None where it cannot be read.

    `key` is its id, else its number: what it is called on the page. A `stale` one is shown as it
    was when it could be read last. `objective` is the sentence of the one it names, "" without;
    `cues` are what lets its answer be guessed.
    """

    number: int
    key: str
    id: str
    title: str
    place: Place
    question: Question | None
    stale: bool
    findings: tuple[Finding, ...]
    objective: str = ""
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicDraft:
    """A topic; `key` is its id, else its number: what its address ends in.

    `findings` are those that belong to none of its questions. A `stale` topic stood in a file that
    cannot be read now.
    """

    key: str
    title: str
    place: Place
    notes: str
    objectives: tuple[Objective, ...]
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    stale: bool = False

    @property
    def tally(self) -> Tally:
        """The findings of the topic and its questions."""
        return _tally(self.findings) + _total(_tally(entry.findings) for entry in self.entries)


@dataclass(frozen=True, slots=True)
class PackDraft:
    """A pack as its files stand; `key` is what its address ends in, `id` and `title` may be "".

    `findings` are those that belong to no topic. `pictures` are those its texts show.
    """

    key: str
    path: Path
    id: str
    title: str
    findings: tuple[Finding, ...]
    topics: tuple[TopicDraft, ...]
    pictures: tuple[Picture, ...]

    @property
    def tally(self) -> Tally:
        """All findings of the pack."""
        return _tally(self.findings) + _total(topic.tally for topic in self.topics)


def _tally(findings: Iterable[Finding]) -> Tally:
    return _total(
        Tally(errors=1) if finding.severity == "error" else Tally(warnings=1)
        for finding in findings
    )


def _total(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())
