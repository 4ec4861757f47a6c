"""What an instructor sees of a class: plain values, made by teaching, read by templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

STEPS = 5
"""Shades of a heat table, from 1 for the fewest right to this for nearly all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """First tries of a learner, or of a class, at questions of a topic: 0 <= right <= tried."""

    tried: int = 0
    right: int = 0

    def __add__(self, other: Cell) -> Cell:
        return Cell(self.tried + other.tried, self.right + other.right)

    @property
    def share(self) -> float | None:
        """How many of the tries were right, 0.0 to 1.0; None before the first."""
        return self.right / self.tried if self.tried else None

    @property
    def shade(self) -> int:
        """Its step in a heat table, 1 to STEPS; 0 before the first try."""
        return min(STEPS, 1 + int(self.share * STEPS)) if self.share is not None else 0


@dataclass(frozen=True, slots=True)
class Column:
    """A topic of the heat table; `questions` are those it has now."""

    id: str
    title: str
    questions: int


@dataclass(frozen=True, slots=True)
class Pupil:
    """A learner of a class, as `name`; `cells` by topic.

    `answers` counts all answers that the class may see; `last_at` is None before the first.
    `joined` is False for a line of a roster that nobody came for, `left` for who is gone.
    """

    id: str
    name: str
    external_id: str
    joined: bool
    left: bool
    answers: int = 0
    last_at: datetime | None = None
    cells: Mapping[str, Cell] = field(default_factory=dict)

    @property
    def total(self) -> Cell:
        """First tries in all topics."""
        return sum(self.cells.values(), Cell())


@dataclass(frozen=True, slots=True)
class Heat:
    """Learners × topics of a pack, sorted and filtered as the address says."""

    columns: tuple[Column, ...]
    pupils: tuple[Pupil, ...]

    @property
    def total(self) -> Cell:
        """First tries of all learners shown, in all topics."""
        return sum(self.totals.values(), Cell())

    @property
    def totals(self) -> Mapping[str, Cell]:
        """First tries of all learners shown, by topic."""
        return {
            column.id: sum((p.cells.get(column.id, Cell()) for p in self.pupils), Cell())
            for column in self.columns
        }


def arranged(pupils: Iterable[Pupil], sort: str, find: str) -> tuple[Pupil, ...]:
    """Return the learners whose name or external id holds `find`, in the order of `sort`.

    That is `name`, `last`, `answers`, `right` or the id of a topic, with `-` in front for the other
    way round; anything else is `name`. Who has no value comes last both ways.
    """
    wanted = find.casefold().strip()
    found = [p for p in pupils if wanted in p.name.casefold() or wanted in p.external_id.casefold()]
    by_name = sorted(found, key=lambda pupil: (pupil.name.casefold(), pupil.id))
    key, backwards = sort.removeprefix("-"), sort.startswith("-")
    if key in ("", "name"):
        return tuple(reversed(by_name) if backwards else by_name)
    known = [pupil for pupil in by_name if _value(pupil, key) is not None]
    known.sort(key=lambda pupil: _value(pupil, key) or 0.0, reverse=backwards)
    return (*known, *(pupil for pupil in by_name if _value(pupil, key) is None))


def _value(pupil: Pupil, key: str) -> float | None:
    if key == "last":
        return pupil.last_at.timestamp() if pupil.last_at else None
    if key == "answers":
        return float(pupil.answers)
    cell = pupil.total if key == "right" else pupil.cells.get(key, Cell())
    return cell.share


@dataclass(frozen=True, slots=True)
class Overview:
    """A class at a look: who is active, and who knows what of a pack.

    `packs` are ids and titles to choose from; `pack_id` is "" where nothing is published.
    """

    class_id: str
    class_name: str
    packs: Sequence[tuple[str, str]]
    pack_id: str
    heat: Heat
    size: int
    today: int
    week: int
    sort: str
    find: str

    def sorted_by(self, sort: str) -> str:
        """Return the query of an address that shows the same, sorted otherwise."""
        return "?" + urlencode({"pack": self.pack_id, "find": self.find, "sort": sort})


@dataclass(frozen=True, slots=True)
class ObjectiveMarks:
    """First tries of a learner at an objective's questions; `sentence` is Markdown."""

    sentence: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Held:
    """A belief that a learner's answers showed; `refuted` says that what came later was right."""

    sentence: str
    refuted: bool
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer in a list, for people. `text` is None after "I don't know"."""

    id: int
    pack_id: str
    question_id: str
    title: str
    outcome: str
    text: str | None
    hints: int
    mode: str
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class PupilPage:
    """A learner as the class sees them: nothing of what was answered outside of it.

    `topics` pairs each topic with first tries and objectives; `older` is the id of the last answer
    shown where there are more before it, else None.
    """

    class_id: str
    class_name: str
    pupil: Pupil
    packs: Sequence[tuple[str, str]]
    pack_id: str
    topics: tuple[tuple[Column, Cell, tuple[ObjectiveMarks, ...]], ...]
    beliefs: tuple[Held, ...]
    answers: tuple[AnswerLine, ...]
    older: int | None


@dataclass(frozen=True, slots=True)
class BeliefLine:
    """A belief in a class; `questions` are ids and titles of those that showed it."""

    id: str
    sentence: str
    showed: int
    refuted: int
    questions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BeliefPage:
    """The beliefs that a class holds, the most frequent first."""

    class_id: str
    class_name: str
    packs: Sequence[tuple[str, str]]
    pack_id: str
    size: int
    beliefs: tuple[BeliefLine, ...]
