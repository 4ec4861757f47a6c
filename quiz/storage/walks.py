"""Rounds, read through for exports in short pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from quiz.core.walked import Dealt, Walked
from quiz.storage.classes import is_seen
from quiz.storage.extent import Extent
from quiz.storage.log import try_no
from quiz.storage.published import QuestionRow
from quiz.storage.school import EnrolmentRow
from quiz.storage.tables import AttemptRow, LearnerRow, RoundCardRow, RoundRow


async def last_round(session: AsyncSession) -> int:
    """Return the id of the latest round, 0 without any: where an export that starts now ends."""
    return await session.scalar(select(func.max(RoundRow.id))) or 0


async def count_rounds(session: AsyncSession, extent: Extent) -> int:
    """Return how many rounds an extent holds."""
    query = select(func.count()).select_from(RoundRow)
    return await session.scalar(_in_extent(query, extent)) or 0


async def rounds_after(
    session: AsyncSession, after: int, *, last: int, limit: int, extent: Extent
) -> Sequence[Walked]:
    """Return at most `limit` rounds of an extent behind one, in the order of starts."""
    by_name = _columns(extent)
    query = (
        select(*(by_name[name] for name in Walked._fields))
        .select_from(RoundRow)
        .join(LearnerRow, LearnerRow.id == RoundRow.learner_id)
        .where(RoundRow.id > after, RoundRow.id <= last)
        .order_by(RoundRow.id)
        .limit(limit)
    )
    return [Walked._make(row) for row in await session.execute(_in_extent(query, extent))]


async def cards_of(
    session: AsyncSession, round_ids: Sequence[int], extent: Extent
) -> Mapping[int, Sequence[Dealt]]:
    """Return the cards of rounds in order, with the answers that the extent holds."""
    answer = and_(
        AttemptRow.round_id == RoundCardRow.round_id,
        AttemptRow.position == RoundCardRow.position,
    )
    query = (
        select(RoundCardRow.round_id, RoundCardRow.question_id, RoundCardRow.rev)
        .add_columns(QuestionRow.points, AttemptRow.score, AttemptRow.counted, AttemptRow.hints)
        .add_columns(AttemptRow.answered_at, try_no(extent))
        .select_from(RoundCardRow)
        .join(
            QuestionRow,
            and_(
                QuestionRow.pack_id == RoundCardRow.pack_id,
                QuestionRow.id == RoundCardRow.question_id,
            ),
        )
        .where(RoundCardRow.round_id.in_(round_ids))
        .order_by(RoundCardRow.round_id, RoundCardRow.position)
    )
    if extent.class_id is not None:
        query = query.join(RoundRow, RoundRow.id == RoundCardRow.round_id).join(
            EnrolmentRow, _by_which(extent)
        )
        answer = and_(answer, is_seen())
    found: dict[int, list[Dealt]] = {}
    for row in await session.execute(query.outerjoin(AttemptRow, answer)):
        found.setdefault(row[0], []).append(Dealt._make(row))
    return found


def _columns(extent: Extent) -> dict[str, Any]:
    everybody = extent.class_id is None
    return {
        "id": RoundRow.id,
        "round_id": RoundRow.public_id,
        "learner_id": LearnerRow.public_id,
        "learner_name": LearnerRow.name if everybody else EnrolmentRow.name,
        "external_id": literal("") if everybody else EnrolmentRow.external_id,
        "pack_id": RoundRow.pack_id,
        "mode": RoundRow.mode,
        "size": RoundRow.size,
        "started_at": RoundRow.started_at,
        "finished_at": RoundRow.finished_at,
        "round_no": _others(extent, earlier=True) + 1,
        "followed": _others(extent, earlier=False) > 0,
        "left_at": literal(None) if everybody else EnrolmentRow.left_at,
    }


def _others(extent: Extent, *, earlier: bool) -> ColumnElement[int]:
    """Count the learner's other rounds in the pack that an extent holds."""
    other = aliased(RoundRow)
    query = select(func.count()).where(
        other.learner_id == RoundRow.learner_id,
        other.pack_id == RoundRow.pack_id,
        other.origin.is_(None),
        other.id < RoundRow.id if earlier else other.id > RoundRow.id,
    )
    if extent.class_id is not None:
        query = query.where(
            other.started_at >= EnrolmentRow.since_at,
            or_(EnrolmentRow.left_at.is_(None), other.started_at < EnrolmentRow.left_at),
        )
    return query.correlate(RoundRow, EnrolmentRow).scalar_subquery()


def _in_extent(query: Select[Any], extent: Extent) -> Select[Any]:
    """Keep the rounds that a class sees: begun in its time, or before it with an answer in it.

    Of everybody's, keep all that were begun here.
    """
    query = query.where(RoundRow.origin.is_(None))
    if extent.class_id is None:
        return query
    answered = exists().where(AttemptRow.round_id == RoundRow.id, is_seen())
    begun = RoundRow.started_at >= EnrolmentRow.since_at
    return query.join(EnrolmentRow, _by_which(extent)).where(
        or_(EnrolmentRow.left_at.is_(None), RoundRow.started_at < EnrolmentRow.left_at),
        or_(begun, answered),
    )


def _by_which(extent: Extent) -> ColumnElement[bool]:
    return and_(
        EnrolmentRow.class_id == extent.class_id, EnrolmentRow.learner_id == RoundRow.learner_id
    )
