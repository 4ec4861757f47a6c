"""People who sign in, and their sign-ins."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.people import Person, Role, login_ends
from quiz.storage.school import LoginRow, PersonRow

SEEN_EVERY = timedelta(minutes=10)
"""A use is noted this often: a page should not have to write."""


async def person_of_login(
    session: AsyncSession, digest: str, *, now: datetime
) -> tuple[Person, bool] | None:
    """Return who has a sign-in, and whether its use should be noted; None where it has ended."""
    query = (
        select(PersonRow, LoginRow)
        .join(LoginRow, LoginRow.person_id == PersonRow.id)
        .where(LoginRow.digest == digest, PersonRow.ended_at.is_(None))
    )
    found = (await session.execute(query)).one_or_none()
    if found is None:
        return None
    row, login = found
    if login_ends(login.created_at, login.last_seen_at) <= now:
        return None
    return person_from(row), now - login.last_seen_at >= SEEN_EVERY


async def touch_login(session: AsyncSession, digest: str, *, now: datetime) -> None:
    """Note that a sign-in was used."""
    await session.execute(
        update(LoginRow).where(LoginRow.digest == digest).values(last_seen_at=now)
    )


def name_key(name: str) -> str:
    """Return a name as names are compared: without regard to case and outer spaces."""
    return name.strip().casefold()


def person_from(row: PersonRow) -> Person:
    """Return the person of a row."""
    return Person(row.id, row.public_id, row.name, Role(row.role))
