"""A question: what is asked and graded, and what surrounds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from quiz.core.blocks import Fence, Place
from quiz.core.kinds import Draft, Kind, Remark
from quiz.core.proofs import Proof


@dataclass(frozen=True, slots=True)
class Wording:
    """One immutable wording and grading: what a revision names.

    `shared` is the text of the section a question `uses`, "" without one; `score` is one of
    `exact`, `partial`, `void`.
    """

    stem: str
    body: Kind
    score: str = "exact"
    shared: str = ""


@dataclass(frozen=True, slots=True)
class Commentary:
    """What surrounds a question and may be mended at any time. All text is Markdown.

    `beliefs` holds the sentence of each misconception that a remark names, by its id; `proof` is
    what running has shown of the wording it stands beside, None where nothing was shown.
    """

    title: str
    remarks: Mapping[str, Remark] = field(default_factory=dict)
    beliefs: Mapping[str, str] = field(default_factory=dict)
    hints: tuple[str, ...] = ()
    explanation: str = ""
    source: str = ""
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a pack. `objective` is its own id where none is named; "" means no `id`.

    `written` is the draft it was read from, with all places; None where it was not read from files.
    """

    id: str
    place: Place
    objective: str
    wording: Wording
    commentary: Commentary
    level: str = ""
    tags: tuple[str, ...] = ()
    points: float = 1.0
    shuffle: bool = True
    v: int = 1
    was: str = ""
    evidence: tuple[Fence, ...] = ()
    written: Draft | None = field(default=None, compare=False, repr=False)
