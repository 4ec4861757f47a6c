"""Telling an author that a question is wrong, without losing one's place, and what came of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.errors import AnswerError
from quiz.core.reports import MOST_WAITING, Reply
from quiz.practice.desk import Desk, open_card
from quiz.storage.reports import closed_of, waiting_of
from quiz.storage.school import ReportRow

SHOWN = 10
"""Answers to reports of theirs that a learner sees."""


async def report(
    desk: Desk, digest: str, round_id: str, position: int, text: str, *, now: datetime
) -> None:
    """Keep what a learner says of a card, with its question and the wording shown.

    Raises NotFoundError, and AnswerError for an empty text or one too many.
    """
    said = text.strip()
    if not said:
        raise AnswerError("Say in a few words what is wrong; then send it.")
    async with desk.database.writing.begin() as session:
        card, _ = await open_card(session, digest, round_id, position)
        if await waiting_of(session, card.round.learner_id) >= MOST_WAITING:
            raise AnswerError(
                f"{MOST_WAITING} reports of yours are waiting to be read. Send more once they were."
            )
        session.add(
            ReportRow(
                public_id=desk.unguessable()[:22],
                learner_id=card.round.learner_id,
                pack_id=card.round.pack_id,
                question_id=card.question_id,
                v=card.v,
                rev=card.rev,
                answered=card.attempt is not None,
                text=said,
                created_at=now,
                outcome="",
            )
        )


async def replies(session: AsyncSession, learner_id: int) -> tuple[Reply, ...]:
    """Return what became of the latest reports of a learner, nothing of those that wait."""
    found = await closed_of(session, learner_id, limit=SHOWN)
    return tuple(_reply(row, commentary["title"]) for row, commentary in found)


def _reply(row: ReportRow, title: str) -> Reply:
    return Reply(
        title=title,
        text=row.text,
        outcome=row.outcome,
        reworded=row.fixed_rev not in (None, row.rev),
        closed_at=row.closed_at or row.created_at,
    )
