"""Browsers of a learner, and codes that let in another one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.storage.tables import DeviceCodeRow, LearnerTokenRow


async def put_code(
    session: AsyncSession, learner_id: int, *, digest: str, ends_at: datetime
) -> None:
    """Keep a code of a learner in the place of all others."""
    await session.execute(delete(DeviceCodeRow).where(DeviceCodeRow.learner_id == learner_id))
    session.add(DeviceCodeRow(digest=digest, learner_id=learner_id, ends_at=ends_at))


async def code_of(session: AsyncSession, digest: str, *, now: datetime) -> DeviceCodeRow | None:
    """Return a code that has not ended, used or not, as it is at this moment."""
    query = select(DeviceCodeRow).where(DeviceCodeRow.digest == digest, DeviceCodeRow.ends_at > now)
    fresh = query.execution_options(populate_existing=True)
    return (await session.scalars(fresh)).one_or_none()


def add_token(session: AsyncSession, learner_id: int, *, digest: str, now: datetime) -> None:
    """Let in one more browser by its cookie."""
    session.add(
        LearnerTokenRow(digest=digest, learner_id=learner_id, created_at=now, last_seen_at=now)
    )
