"""What every act of a learner works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.errors import NotFoundError
from quiz.core.rounds import Marks, RoundCard, Walk
from quiz.storage import rounds
from quiz.storage.engine import Database
from quiz.storage.library import Library
from quiz.storage.recorder import Recorder


@dataclass(frozen=True, slots=True)
class Desk:
    """The database, the door for answers, and the texts that this process has read.

    `unguessable` returns a new URL-safe token of 128 bits or more at each call.
    """

    database: Database
    recorder: Recorder
    unguessable: Callable[[], str]
    library: Library = field(default_factory=Library)


async def open_card(
    session: AsyncSession, digest: str, round_id: str, position: int
) -> tuple[RoundCard, Marks]:
    """Return a card of a round of the learner with this cookie, and the marks of all its cards.

    Raises NotFoundError for any other.
    """
    found = await rounds.card_of_round(session, round_id, position, digest=digest)
    if found is None:  # the whole round knows why
        walk = await open_walk(session, digest, round_id)
        return walk.card(position), walk.marks
    return found


async def open_walk(session: AsyncSession, digest: str, round_id: str) -> Walk:
    """Return a round of the learner with this cookie. Raises NotFoundError for any other."""
    cards = await rounds.cards_of_round(session, round_id, digest=digest)
    if not cards:
        raise NotFoundError(
            "There is no such round, or it belongs to another browser. "
            "Rounds are kept for the browser in which they were started."
        )
    return Walk(cards)
