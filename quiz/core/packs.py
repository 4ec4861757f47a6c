"""A pack as read from its files, and the findings about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from quiz.core.blocks import Place
from quiz.core.questions import Question


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One problem: where, which code of the author's guide, what was found, and the way out."""

    place: Place
    code: str
    message: str
    hint: str = ""

    @property
    def severity(self) -> str:
        """`error` for E codes, `warning` for W and S codes."""
        return "error" if self.code.startswith("E") else "warning"


@dataclass(frozen=True, slots=True)
class Objective:
    """What a learner should be able to do; `was` is its former id, or ""."""

    id: str
    sentence: str
    place: Place
    was: str = ""


@dataclass(frozen=True, slots=True)
class Misconception:
    """A wrong belief that options and remarks can name; `was` is its former id, or ""."""

    id: str
    sentence: str
    place: Place
    was: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a text of the pack shows; `path` is relative to the pack's folder."""

    path: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under a `##`, also where it cannot be read; `id` is "" without one.

    `prose` is never asked.
    """

    place: Place
    id: str
    title: str
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """A part of a pack. `notes` is Markdown; `id` is "" where the author gave none."""

    id: str
    title: str
    place: Place
    notes: str = ""
    was: str = ""
    objectives: tuple[Objective, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """A set of topics. `retired` maps an id that may never be used again to the reason."""

    id: str
    title: str
    description: str = ""
    authors: tuple[str, ...] = ()
    license: str = ""
    language: str = ""
    version: str = ""
    misconceptions: tuple[Misconception, ...] = ()
    topics: tuple[Topic, ...] = ()
    pictures: tuple[Picture, ...] = ()
    retired: Mapping[str, str] = field(default_factory=dict)
    setup: str = ""
    tested_with: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in file order."""
        return tuple(question for topic in self.topics for question in topic.questions)
