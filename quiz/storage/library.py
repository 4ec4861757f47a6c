"""The texts of questions in process memory: a revision never changes, its commentary has a hash."""

from __future__ import annotations

from collections import OrderedDict

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.codec import load_commentary, load_wording
from quiz.core.questions import Commentary, Wording
from quiz.core.rounds import RoundCard
from quiz.kinds import kinds
from quiz.storage.catalog import card_texts

Texts = tuple[Wording, Commentary]

Key = tuple[str, str, str, str]
"""Pack, question, revision, and the hash of the commentary."""

CAPACITY = 20_000
"""Texts kept at most; some 2 KB each."""


class Library:
    """Wording and commentary of questions, read once a process; the least used are dropped."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._texts: OrderedDict[Key, Texts] = OrderedDict()
        self._capacity = capacity

    async def texts(self, session: AsyncSession, card: RoundCard) -> Texts:
        """Return the wording that the card shows, its remarks, and the present commentary."""
        key = (card.round.pack_id, card.question_id, card.rev, card.commentary_hash)
        return await self.read(session, key)

    async def read(self, session: AsyncSession, key: Key) -> Texts:
        """Return wording and commentary of a revision that exists."""
        if key not in self._texts:
            wording, *surrounding = await card_texts(session, *key[:3])
            texts = load_wording(wording, kinds()), load_commentary(*surrounding)
            self._texts[key] = texts
            if len(self._texts) > self._capacity:
                self._texts.popitem(last=False)
        self._texts.move_to_end(key)
        return self._texts[key]
