"""Grade books: what the tries of a learner add up to, for a pack or for work of a class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

GRADES = ("best", "first", "last")
"""Which try at a question counts."""

Asked = tuple[str, str]
"""A pack and the present id of a question in it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A pack or a piece of work: `points` are those of each question that it asks."""

    id: str
    title: str
    pack_id: str
    points: Mapping[str, float]

    @property
    def most(self) -> float:
        """The points of all questions."""
        return round(sum(self.points.values()), 4)

    def reached(self, scores: Mapping[Asked, float]) -> float | None:
        """Return the points for these scores, 0.0 to `most`; None where nothing was tried.

        A question without a try is worth nothing.
        """
        tried = [id for id in self.points if (self.pack_id, id) in scores]
        if not tried:
            return None
        return round(sum(self.points[id] * scores[self.pack_id, id] for id in tried), 4)


def counted(tries: Iterable[tuple[Asked, float]], which: str) -> Mapping[Asked, float]:
    """Return the score of each question that was tried; `tries` come in the order of time.

    `which` is one of GRADES.
    """
    scores: dict[Asked, float] = {}
    for asked, score in tries:
        if which == "first":
            scores.setdefault(asked, score)
        elif which == "last":
            scores[asked] = score
        else:
            scores[asked] = max(score, scores.get(asked, 0.0))
    return scores
