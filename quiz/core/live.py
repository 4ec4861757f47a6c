"""A class at work: who is where in a round, and which question hurts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

AT_WORK = timedelta(minutes=30)
"""Who did nothing for longer is not at work any more."""
ENOUGH = 3
"""Answers from which on a question may be said to hurt."""


@dataclass(frozen=True, slots=True)
class LiveCard:
    """A card of a round in progress. `outcome` is "" and `at` None before it was shown."""

    pupil_id: str
    name: str
    round_id: int
    pack_id: str
    position: int
    question_id: str
    outcome: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class AtWork:
    """A learner in a round: `marks` are its outcomes so far, `question_id` the one shown last."""

    pupil_id: str
    name: str
    pack_id: str
    marks: tuple[str, ...]
    position: int
    question_id: str
    last_at: datetime

    @property
    def answered(self) -> int:
        """How many cards are answered."""
        return sum(bool(mark) for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Hurting:
    """A question that most got wrong in the rounds in progress."""

    pack_id: str
    question_id: str
    answered: int
    right: int


def at_work(cards: Iterable[LiveCard], *, now: datetime) -> tuple[AtWork, ...]:
    """Return who did something lately, by name, each in the round they went on with last.

    The cards are in the order of their rounds.
    """
    rounds: dict[int, list[LiveCard]] = defaultdict(list)
    for card in cards:
        rounds[card.round_id].append(card)
    found = [worker for hand in rounds.values() if (worker := _worker(hand))]
    latest = {worker.pupil_id: worker for worker in sorted(found, key=lambda each: each.last_at)}
    lately = [worker for worker in latest.values() if now - worker.last_at <= AT_WORK]
    return tuple(sorted(lately, key=lambda worker: (worker.name.casefold(), worker.pupil_id)))


def hurting(cards: Iterable[LiveCard]) -> tuple[Hurting, ...]:
    """Return the questions that fewer than half got right, the worst first."""
    outcomes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for card in cards:
        if card.outcome:
            outcomes[card.pack_id, card.question_id].append(card.outcome)
    found = [Hurting(*key, len(given), given.count("right")) for key, given in outcomes.items()]
    bad = [each for each in found if each.answered >= ENOUGH and 2 * each.right < each.answered]
    return tuple(sorted(bad, key=lambda each: (each.right / each.answered, -each.answered)))


def _worker(hand: Sequence[LiveCard]) -> AtWork | None:
    seen = [(card.at, card) for card in hand if card.at is not None]
    if not seen:
        return None
    last_at, card = max(seen, key=lambda pair: (pair[0], pair[1].position))
    marks = tuple(each.outcome for each in hand)
    where = card.position, card.question_id, last_at
    return AtWork(card.pupil_id, card.name, card.pack_id, marks, *where)


@dataclass(frozen=True, slots=True)
class LivePage:
    """A class at work; `titles` are those of the questions named, by pack and id."""

    class_id: str
    class_name: str
    size: int
    workers: tuple[AtWork, ...]
    hurting: tuple[Hurting, ...]
    titles: dict[tuple[str, str], str]
