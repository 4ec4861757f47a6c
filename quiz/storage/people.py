"""People who sign in, their sign-ins, and links that sign in once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.names import key_of
from quiz.core.people import Person, Role, login_ends
from quiz.storage.school import LoginLinkRow, LoginRow, PersonRow

LONGEST_KEY = 63
"""Characters of a name as it is compared."""
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


async def create_login(
    session: AsyncSession,
    person_id: int,
    *,
    digest: str,
    public_id: str,
    device: str,
    now: datetime,
) -> None:
    """Keep a new sign-in, and forget those of this person that have ended."""
    for login in await logins_of(session, person_id):
        if login_ends(login.created_at, login.last_seen_at) <= now:
            await session.delete(login)
    session.add(
        LoginRow(
            digest=digest,
            public_id=public_id,
            person_id=person_id,
            device=device,
            created_at=now,
            last_seen_at=now,
        )
    )
    await session.flush()


async def logins_of(session: AsyncSession, person_id: int) -> Sequence[LoginRow]:
    """Return the sign-ins of a person, the one used last first, and those that have ended too."""
    query = select(LoginRow).where(LoginRow.person_id == person_id)
    return (await session.scalars(query.order_by(LoginRow.last_seen_at.desc()))).all()


async def end_login(session: AsyncSession, digest: str) -> None:
    """End one sign-in."""
    await session.execute(delete(LoginRow).where(LoginRow.digest == digest))


async def end_logins(session: AsyncSession, person_id: int, *, but: str = "") -> None:
    """End the sign-ins of a person, all or all but one, and the links not used yet."""
    of_person = LoginRow.person_id == person_id
    await session.execute(delete(LoginRow).where(of_person, LoginRow.digest != but))
    await session.execute(delete(LoginLinkRow).where(LoginLinkRow.person_id == person_id))


async def people(session: AsyncSession) -> Sequence[PersonRow]:
    """Return everybody who can or could sign in, by name."""
    return (await session.scalars(select(PersonRow).order_by(PersonRow.name_key))).all()


async def anybody(session: AsyncSession) -> bool:
    """Return whether there is anybody who can sign in."""
    query = select(func.count()).select_from(PersonRow).where(PersonRow.ended_at.is_(None))
    return bool(await session.scalar(query))


async def person_named(session: AsyncSession, name: str) -> PersonRow | None:
    """Return who has a name, however it is typed."""
    query = select(PersonRow).where(PersonRow.name_key == key_of(name))
    return (await session.scalars(query)).one_or_none()


async def held(session: AsyncSession, person_id: int) -> PersonRow:
    """Return a person as they are now; nobody else changes them until the transaction ends."""
    query = select(PersonRow).where(PersonRow.id == person_id).with_for_update()
    return (await session.scalars(query.execution_options(populate_existing=True))).one()


async def create_person(
    session: AsyncSession,
    *,
    public_id: str,
    name: str,
    role: Role,
    password: str | None,
    now: datetime,
) -> PersonRow:
    """Make a person; `password` is a hash, None for who has no way in yet."""
    row = PersonRow(
        public_id=public_id,
        name=name,
        name_key=key_of(name),
        role=role,
        password=password,
        recovery=[],
        created_at=now,
    )
    session.add(row)
    await session.flush()
    return row


async def link_of(session: AsyncSession, digest: str) -> tuple[LoginLinkRow, PersonRow] | None:
    """Return a link that signs in once, used or not, and whom."""
    query = (
        select(LoginLinkRow, PersonRow)
        .join(PersonRow, PersonRow.id == LoginLinkRow.person_id)
        .where(LoginLinkRow.digest == digest, PersonRow.ended_at.is_(None))
    )
    found = (await session.execute(query)).one_or_none()
    return None if found is None else (found[0], found[1])


async def use_link(session: AsyncSession, digest: str, *, now: datetime) -> bool:
    """Use a link, and return whether nobody had before."""
    unused = LoginLinkRow.digest == digest, LoginLinkRow.used_at.is_(None)
    change = update(LoginLinkRow).where(*unused).values(used_at=now)
    return bool(cast(CursorResult[Any], await session.execute(change)).rowcount)


def person_from(row: PersonRow) -> Person:
    """Return the person of a row."""
    return Person(row.id, row.public_id, row.name, Role(row.role))
