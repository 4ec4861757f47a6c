"""Which wrong beliefs answers have shown, and which were refuted since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Showing:
    """An answer that showed beliefs: `attempt_id` orders it in time among a learner's answers."""

    learner_id: int
    attempt_id: int
    question_id: str
    objective_id: str
    beliefs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """A belief among learners: `showed` held it, `refuted` of them got each objective right since.

    `questions` are the ids of those that showed it, the most often first.
    """

    belief: str
    showed: int
    refuted: int
    questions: tuple[str, ...]


Rights = Mapping[tuple[int, str], int]
"""The id of the last right answer by learner and objective."""


def spread(showings: Iterable[Showing], rights: Rights) -> tuple[Spread, ...]:
    """Return each belief with how many showed it, the most frequent first.

    A learner has refuted it who answered every objective at which it showed right after it showed
    there last.
    """
    last: dict[str, dict[tuple[int, str], int]] = defaultdict(dict)
    questions: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for showing in showings:
        where = showing.learner_id, showing.objective_id
        for belief in showing.beliefs:
            last[belief][where] = max(showing.attempt_id, last[belief].get(where, 0))
            questions[belief][showing.question_id] += 1
    found = [
        Spread(belief, *_counts(shown, rights), _by_number(questions[belief]))
        for belief, shown in last.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.showed, each.belief)))


def together(totals: Mapping[str, Spread], more: Iterable[Spread]) -> dict[str, Spread]:
    """Return the spreads among all learners, from those among two groups of others each.

    `questions` are then in the order of their ids.
    """
    found = dict(totals)
    for each in more:
        other = found.get(each.belief, Spread(each.belief, 0, 0, ()))
        found[each.belief] = Spread(
            each.belief,
            each.showed + other.showed,
            each.refuted + other.refuted,
            tuple(sorted({*each.questions, *other.questions})),
        )
    return found


def _counts(last: Mapping[tuple[int, str], int], rights: Rights) -> tuple[int, int]:
    learners = {learner for learner, _ in last}
    holding = {where[0] for where, shown in last.items() if rights.get(where, 0) < shown}
    return len(learners), len(learners - holding)


def _by_number(counts: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda id: (-counts[id], id)))
