"""What must be traceable later. Nothing secret and no answer ever goes in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
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
) -> None:
    """Note that something happened: `kind` names it, `subject` says to what or whom."""
    session.add(
        EventRow(
            at=now, kind=kind, person_id=person_id, subject=subject, details=dict(details or {})
        )
    )
    await session.flush()


async def count_since(session: AsyncSession, kind: str, subject: str, since: datetime) -> int:
    """Return how often something happened to a subject after a time."""
    query = select(func.count()).where(
        EventRow.kind == kind, EventRow.subject == subject, EventRow.at > since
    )
    return await session.scalar(query) or 0


def hidden(name: str) -> str:
    """Return a subject that stands for a name without saying it."""
    return hashlib.sha256(name.encode()).hexdigest()
