"""A round and its cards, as practice walks through them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quiz.core.attempts import Attempt
from quiz.core.errors import NotFoundError
from quiz.core.kinds import Form, Seed

SIZES = (5, 10, 20)
"""The numbers of questions a learner can choose for a round."""

MODES = ("practice", "redo", "review")


@dataclass(frozen=True, slots=True)
class Round:
    """A walk through `size` questions; `topic_id` is None for one through a whole pack."""

    id: int
    public_id: str
    learner_id: int
    pack_id: str
    pack_title: str
    topic_id: str | None
    mode: str
    secret: str
    size: int
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class RoundCard:
    """A question at its place in a round.

    `commentary_hash` names the state of what surrounds the question. `attempt` is None until it is
    answered, `draft` what was typed before a hint or a model answer was opened.
    """

    round: Round
    position: int
    topic_id: str
    objective_id: str
    question_id: str
    v: int
    rev: str
    shuffle: bool
    commentary_hash: str
    shown_at: datetime | None
    hints: int
    draft: Form | None
    revealed_at: datetime | None
    attempt: Attempt | None

    @property
    def seed(self) -> Seed:
        """The seed of this card: the same at every reload, another in every round."""
        return Seed(bytes.fromhex(self.round.secret), self.question_id, self.shuffle)


@dataclass(frozen=True, slots=True)
class Marks:
    """The outcome of each card of a round, in order, "" where it is unanswered."""

    outcomes: tuple[str, ...]

    def next_after(self, position: int) -> int | None:
        """Return the first unanswered position after this one, else before it, None without."""
        waiting = [number for number, outcome in enumerate(self.outcomes, 1) if not outcome]
        return next((n for n in waiting if n > position), waiting[0] if waiting else None)

    def with_outcome(self, position: int, outcome: str) -> Marks:
        """Return the marks after an answer at a position was stored."""
        return Marks((*self.outcomes[: position - 1], outcome, *self.outcomes[position:]))


@dataclass(frozen=True, slots=True)
class Walk:
    """All cards of a round, in order; there is at least one."""

    cards: tuple[RoundCard, ...]

    @property
    def round(self) -> Round:
        """The round they belong to."""
        return self.cards[0].round

    @property
    def marks(self) -> Marks:
        """The outcomes of the cards."""
        return Marks(tuple(card.attempt.outcome if card.attempt else "" for card in self.cards))

    def card(self, position: int) -> RoundCard:
        """Return the card at a position from 1. Raises NotFoundError past the end."""
        if 1 <= position <= len(self.cards):
            return self.cards[position - 1]
        raise NotFoundError(
            f"This round has {len(self.cards)} questions, and no number {position}."
        )
