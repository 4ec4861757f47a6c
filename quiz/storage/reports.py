"""What learners say is wrong with questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from quiz.storage.published import PackRow, QuestionRow
from quiz.storage.school import PersonRow, ReportRow

Found = Row[*tuple[Any, ...]]
"""A report, title of its pack, hash of the commentary, present id and revision of its question
(None where it is not asked any more), and the name of who closed it."""

PRESENT = aliased(QuestionRow)
"""The question that a reported one is now."""


async def waiting_of(session: AsyncSession, learner_id: int) -> int:
    """Return how many reports of a learner nobody has closed."""
    query = select(func.count()).where(ReportRow.learner_id == learner_id, ReportRow.outcome == "")
    return await session.scalar(query) or 0


async def closed_of(
    session: AsyncSession, learner_id: int, *, limit: int
) -> Sequence[Row[ReportRow, dict[str, Any]]]:
    """Return a learner's reports that were closed, the latest first, each with the commentary."""
    query = (
        select(ReportRow, QuestionRow.commentary)
        .join(QuestionRow, _is(QuestionRow, ReportRow.question_id))
        .where(ReportRow.learner_id == learner_id, ReportRow.outcome != "")
        .order_by(ReportRow.closed_at.desc(), ReportRow.id.desc())
    )
    return (await session.execute(query.limit(limit))).all()


async def packs_reported(session: AsyncSession) -> Sequence[Row[str, str, int]]:
    """Return id and title of each pack ever reported, and how many reports nobody has closed."""
    waits = func.count(case((ReportRow.outcome == "", 1)))
    query = select(PackRow.id, PackRow.title, waits).join(
        ReportRow, ReportRow.pack_id == PackRow.id
    )
    order = (PackRow.title, PackRow.id)
    return (await session.execute(query.group_by(*order).order_by(*order))).all()


async def waiting_in(session: AsyncSession, pack_id: str) -> Sequence[Row[str, str, str, datetime]]:
    """Return question, as it was called, revision, text and time of a pack's reports that wait.

    The oldest come first.
    """
    query = select(ReportRow.question_id, ReportRow.rev, ReportRow.text, ReportRow.created_at)
    query = query.where(ReportRow.pack_id == pack_id, ReportRow.outcome == "")
    return (await session.execute(query.order_by(ReportRow.id))).all()


async def waiting(session: AsyncSession, *, pack_id: str, limit: int) -> Sequence[Found]:
    """Return reports that nobody has closed, question by question, the oldest first.

    They are those of a pack, or of all packs for "".
    """
    query = _reports(pack_id).where(ReportRow.outcome == "")
    order = (ReportRow.pack_id, ReportRow.question_id, ReportRow.id)
    return (await session.execute(query.order_by(*order).limit(limit))).all()


async def closed(session: AsyncSession, *, pack_id: str, limit: int) -> Sequence[Found]:
    """Return reports that were closed, as `waiting` does, the latest first."""
    query = _reports(pack_id).where(ReportRow.outcome != "")
    order = (ReportRow.closed_at.desc(), ReportRow.id.desc())
    return (await session.execute(query.order_by(*order).limit(limit))).all()


async def report(session: AsyncSession, public_id: str) -> Found | None:
    """Return one report as `waiting` does, None where there is none."""
    return (await session.execute(_reports().where(ReportRow.public_id == public_id))).one_or_none()


async def close_report(
    session: AsyncSession,
    report_id: int,
    *,
    outcome: str,
    fixed_rev: str | None,
    closed_by: int,
    now: datetime,
) -> None:
    """Say what became of a report; an `outcome` of "" opens it again."""
    await session.execute(
        update(ReportRow)
        .where(ReportRow.id == report_id)
        .values(outcome=outcome, fixed_rev=fixed_rev, closed_by=closed_by, closed_at=now)
    )


def _reports(pack_id: str = "") -> Select[*tuple[Any, ...]]:
    """Select the reports of a pack, of all packs for ""."""
    query = (
        select(ReportRow, PackRow.title, QuestionRow.commentary_hash)
        .add_columns(PRESENT.id, PRESENT.rev, PersonRow.name)
        .join(PackRow, PackRow.id == ReportRow.pack_id)
        .join(QuestionRow, _is(QuestionRow, ReportRow.question_id))
        .outerjoin(
            PRESENT,
            and_(
                _is(PRESENT, func.coalesce(QuestionRow.renamed_to, QuestionRow.id)),
                PRESENT.retired_at.is_(None),
            ),
        )
        .outerjoin(PersonRow, PersonRow.id == ReportRow.closed_by)
    )
    return query.where(ReportRow.pack_id == pack_id) if pack_id else query


def _is(question: type[QuestionRow], id: ColumnElement[str] | Any) -> ColumnElement[bool]:
    return and_(question.pack_id == ReportRow.pack_id, question.id == id)
