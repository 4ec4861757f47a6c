"""What must be traceable later. Nothing secret and no answer ever goes in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.storage.school import EventRow


async def note(
    session: AsyncSession,
    kind: str,
    *,
    now: datetime,
    person_id: int | None = None,
    subject: str = "",
    details: Mapping[str, object] | None = None,
) -> int:
    """Note that something happened: `kind` names it, `subject` says to what or whom.

    Returns the event, for `settle`.
    """
    row = EventRow(
        at=now, kind=kind, person_id=person_id, subject=subject, details=dict(details or {})
    )
    session.add(row)
    await session.flush()
    return row.id


async def settle(
    session: AsyncSession,
    event_id: int,
    kind: str,
    *,
    person_id: int,
    details: Mapping[str, object] | None = None,
) -> None:
    """Say what came of a try that was noted before it was made."""
    values = {"kind": kind, "person_id": person_id, "subject": "", "details": dict(details or {})}
    await session.execute(update(EventRow).where(EventRow.id == event_id).values(values))


async def last_times(
    session: AsyncSession, kind: str, subject: str, *, since: datetime, limit: int
) -> Sequence[datetime]:
    """Return when it happened to a subject after `since`: at most `limit` times, last first."""
    query = (
        select(EventRow.at)
        .where(EventRow.kind == kind, EventRow.subject == subject, EventRow.at > since)
        .order_by(EventRow.at.desc())
        .limit(limit)
    )
    return (await session.scalars(query)).all()


def hidden(name: str) -> str:
    """Return a subject that stands for a name without saying it."""
    return hashlib.sha256(name.encode()).hexdigest()
