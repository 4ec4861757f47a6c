"""Learners and the cookies they are known by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.storage.school import EnrolmentRow
from quiz.storage.tables import LearnerRow, LearnerTokenRow


async def learner_id_of(session: AsyncSession, digest: str) -> int | None:
    """Return the learner whose cookie has this SHA-256, None for nobody's."""
    query = select(LearnerTokenRow.learner_id).where(LearnerTokenRow.digest == digest)
    return (await session.scalars(query)).one_or_none()


async def learner_and_class(session: AsyncSession, digest: str) -> tuple[int, bool] | None:
    """Return the learner whose cookie has this SHA-256, and whether they are in a class now.

    None for nobody's.
    """
    in_class = exists().where(
        EnrolmentRow.learner_id == LearnerTokenRow.learner_id, EnrolmentRow.left_at.is_(None)
    )
    query = select(LearnerTokenRow.learner_id, in_class).where(LearnerTokenRow.digest == digest)
    found = (await session.execute(query)).one_or_none()
    return (found[0], bool(found[1])) if found else None


async def create_learner(
    session: AsyncSession, *, public_id: str, digest: str, now: datetime
) -> int:
    """Make an anonymous learner with one cookie and return its id."""
    learner = LearnerRow(public_id=public_id, name="", created_at=now)
    session.add(learner)
    await session.flush()
    session.add(
        LearnerTokenRow(digest=digest, learner_id=learner.id, created_at=now, last_seen_at=now)
    )
    return learner.id


async def touch_token(session: AsyncSession, digest: str, *, now: datetime) -> None:
    """Note that a cookie was used."""
    await session.execute(
        update(LearnerTokenRow).where(LearnerTokenRow.digest == digest).values(last_seen_at=now)
    )


async def last_seen(session: AsyncSession, *learner_ids: int) -> Mapping[int, datetime]:
    """Return when a browser of each learner was seen last; who has none is missing."""
    query = (
        select(LearnerTokenRow.learner_id, func.max(LearnerTokenRow.last_seen_at))
        .where(LearnerTokenRow.learner_id.in_(learner_ids))
        .group_by(LearnerTokenRow.learner_id)
    )
    return {row[0]: row[1] for row in await session.execute(query)}
