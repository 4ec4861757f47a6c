"""From tries in the order of the log to the first one of each learner at each question."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quiz.core.attempts import time_s
from quiz.core.choices import Choosing
from quiz.core.items import Tries
from quiz.core.kinds import JSON


@dataclass(slots=True)
class Column:
    """The first tries at a question so far: lists that run alike, but for the times.

    `revs` are the revisions answered; `responses` are kept where `choosing` says that answers are
    choices, with None for "I don't know".
    """

    v: int
    points: float
    choosing: bool
    learners: array[int] = field(default_factory=lambda: array("q"))
    marks: array[float] = field(default_factory=lambda: array("d"))
    times_s: array[float] = field(default_factory=lambda: array("d"))
    revs: list[str] = field(default_factory=list)
    responses: list[JSON] = field(default_factory=list)
    n_unknown: int = 0
    hints: int = 0

    def tries(self, guess: float | None) -> Tries:
        """Return the tries, of a question with this score of blind guessing."""
        return Tries(
            maximum=self.points,
            learners=self.learners,
            marks=self.marks,
            times_s=self.times_s,
            n_unknown=self.n_unknown,
            hints=self.hints,
            random_guess=guess,
        )

    def chosen(self, bodies: Mapping[str, Choosing]) -> list[frozenset[str]]:
        """Return the keys chosen in each try, none where `bodies` lacks the revision."""
        nothing: frozenset[str] = frozenset()
        known: dict[tuple[str, int], frozenset[str]] = {}
        found = []
        for rev, response in zip(self.revs, self.responses, strict=True):
            key = rev, id(response)  # equal responses are one object
            if key not in known:
                said = response is not None and rev in bodies
                known[key] = frozenset(bodies[rev].chosen(response)) if said else nothing
            found.append(known[key])
        return found


@dataclass(slots=True)
class FirstTries:
    """Takes tries by learner, each one's oldest first, and keeps the first at every question.

    `columns` are the questions asked by their present id, `names` the present id of every id.
    `known_as` takes the id under which a revision of a question was answered.
    """

    columns: Mapping[str, Column]
    names: Mapping[str, str]
    known_as: dict[tuple[str, str], str] = field(default_factory=dict)
    learners: int = 0
    _learner_id: int = 0
    _met: set[str] = field(default_factory=set)
    _same: dict[str, Any] = field(default_factory=dict)

    def take(self, rows: Sequence[Any]) -> None:
        """Take the next tries, rows of `storage/tries.py`."""
        for learner_id, asked, v, rev, score, response, hints, shown_at, answered_at, _ in rows:
            question = self.names.get(asked, asked)
            column = self.columns.get(question)
            if column is None or column.v != v:
                continue
            if learner_id != self._learner_id:
                self._learner_id, self._met = learner_id, set()
            if question in self._met:
                continue
            self.learners += not self._met
            self._met.add(question)
            self.known_as.setdefault((question, rev), asked)
            self._add(column, rev, score, response, hints)
            seconds = time_s(shown_at, answered_at)
            if seconds is not None:
                column.times_s.append(seconds)

    def _add(self, column: Column, rev: str, score: float, response: JSON, hints: int) -> None:
        column.learners.append(self.learners - 1)
        column.marks.append(score * column.points)
        column.hints += hints
        column.n_unknown += response is None
        column.revs.append(self._once(rev))
        if column.choosing:
            column.responses.append(self._once(response))

    def _once(self, value: JSON) -> JSON:
        """Return the first value that was equal: a million of them are few."""
        return self._same.setdefault(repr(value), value)
