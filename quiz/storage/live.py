"""The rounds in progress of a class."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.attempts import outcome_of
from quiz.core.live import LiveCard
from quiz.storage.school import EnrolmentRow
from quiz.storage.tables import AttemptRow, RoundCardRow, RoundRow

BEGUN = timedelta(hours=12)
"""A round that began longer ago is not looked at."""


async def cards(session: AsyncSession, class_id: int, *, now: datetime) -> Sequence[LiveCard]:
    """Return the cards of rounds in progress, round by round, that were begun in the class."""
    query = _in_progress(
        select(EnrolmentRow.public_id, EnrolmentRow.name, RoundRow.id, RoundRow.pack_id)
        .add_columns(RoundCardRow.position, RoundCardRow.question_id, RoundCardRow.shown_at)
        .add_columns(AttemptRow.answered_at, AttemptRow.response.is_(None), AttemptRow.correct)
        .add_columns(AttemptRow.score, AttemptRow.counted),
        class_id,
        now,
    ).order_by(RoundRow.id, RoundCardRow.position)
    return [_card(*row) for row in await session.execute(query)]


async def state(session: AsyncSession, class_id: int, *, now: datetime) -> str:
    """Return a short text that is another one whenever what `cards` returns has changed."""
    query = _in_progress(
        select(
            func.count(),
            func.count(AttemptRow.id),
            func.max(RoundCardRow.shown_at),
        ).select_from(EnrolmentRow),
        class_id,
        now,
    )
    dealt, answered, shown_at = (await session.execute(query)).one()
    return f"{dealt}-{answered}-{shown_at.timestamp() if shown_at else 0}"


def _in_progress(
    query: Select[*tuple[Any, ...]], class_id: int, now: datetime
) -> Select[*tuple[Any, ...]]:
    """Join the cards of rounds in progress, and their answers where there are."""
    begun_in_class = and_(
        RoundRow.learner_id == EnrolmentRow.learner_id,
        RoundRow.started_at >= EnrolmentRow.since_at,
    )
    answer = and_(
        AttemptRow.round_id == RoundCardRow.round_id, AttemptRow.position == RoundCardRow.position
    )
    return (
        query.join(RoundRow, begun_in_class)
        .join(RoundCardRow, RoundCardRow.round_id == RoundRow.id)
        .outerjoin(AttemptRow, answer)
        .where(EnrolmentRow.class_id == class_id, EnrolmentRow.left_at.is_(None))
        .where(RoundRow.finished_at.is_(None), RoundRow.started_at >= now - BEGUN)
    )


def _card(
    pupil_id: str,
    name: str,
    round_id: int,
    pack_id: str,
    position: int,
    question_id: str,
    shown_at: datetime | None,
    answered_at: datetime | None,
    unknown: bool,
    correct: bool | None,
    score: float | None,
    counted: bool | None,
) -> LiveCard:
    outcome = ""
    if answered_at is not None:
        outcome = outcome_of(
            counted=bool(counted), answered=not unknown, correct=correct, worth=bool(score)
        )
    at = answered_at or shown_at
    return LiveCard(pupil_id, name, round_id, pack_id, position, question_id, outcome, at)
