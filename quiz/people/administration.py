"""Letting people in and shutting them out, by whoever runs the server."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.errors import FormError, NotFoundError, OperatorError
from quiz.core.names import key_of, read_name
from quiz.core.people import Role
from quiz.people.account import forget_second_factor
from quiz.people.passwords import check_password
from quiz.people.signing_in import Ways
from quiz.storage import events, people
from quiz.storage.school import PersonRow


async def add(
    ways: Ways, name: str, role: Role, password: str | None = None, *, now: datetime
) -> int:
    """Make a person, who has no way in yet without a password, and return the id.

    Raises FormError.
    """
    wanted = _read(name)
    if password is not None:
        check_password(password, wanted)
    fresh = None if password is None else await ways.hasher.hash(password)
    async with ways.database.writing.begin() as session:
        if await people.person_named(session, wanted):
            raise FormError("name", f"There is somebody called {wanted} already.")
        public_id = ways.chance()[:22]
        row = await people.create_person(
            session, public_id=public_id, name=wanted, role=role, password=fresh, now=now
        )
        await events.note(
            session, "person-added", now=now, subject=row.public_id, details={"role": str(role)}
        )
        return row.id


async def set_password(ways: Ways, name: str, password: str, *, now: datetime) -> None:
    """Give somebody a password; all their sign-ins end. Raises FormError, NotFoundError."""
    check_password(password, name)
    await person_id(ways, name)  # before the work of a hash
    fresh = await ways.hasher.hash(password)
    async with ways.database.writing.begin() as session:
        row = await _named(session, name)
        row.password = fresh
        await people.end_logins(session, row.id)
        await events.note(session, "password-set", now=now, subject=row.public_id)


async def set_role(ways: Ways, name: str, role: Role, *, now: datetime) -> None:
    """Give somebody another role. Raises NotFoundError."""
    async with ways.database.writing.begin() as session:
        row = await _named(session, name)
        row.role = role
        await events.note(
            session, "role-changed", now=now, subject=row.public_id, details={"role": str(role)}
        )


async def shut_out(ways: Ways, name: str, *, now: datetime) -> None:
    """Let somebody in no more; their classes stay. Raises NotFoundError."""
    async with ways.database.writing.begin() as session:
        row = await _named(session, name)
        row.ended_at = now
        await people.end_logins(session, row.id)
        await events.note(session, "person-shut-out", now=now, subject=row.public_id)


async def person_id(ways: Ways, name: str) -> int:
    """Return the id of somebody. Raises NotFoundError."""
    async with ways.database.reading() as session:
        return (await _named(session, name)).id


async def let_in(
    ways: Ways, name: str, *, again: bool = False, drop_factor: bool = False, now: datetime
) -> int:
    """Return the id of somebody who may get a link.

    `again` lets in who was shut out, `drop_factor` takes a lost second factor away. Raises
    NotFoundError, and OperatorError for who is shut out.
    """
    async with ways.database.writing.begin() as session:
        row = await _named(session, name)
        if row.ended_at is not None and not again:
            raise OperatorError(f"{row.name} was shut out. Add --again to let them in again.")
        row.ended_at = None
        if drop_factor:
            forget_second_factor(row)
        details = {"again": again, "factor dropped": drop_factor}
        await events.note(session, "person-let-in", now=now, subject=row.public_id, details=details)
        return row.id


def _read(name: str) -> str:
    wanted = read_name(name, "A name")
    if len(key_of(wanted)) > people.LONGEST_KEY:  # it is compared with its signs written out
        raise FormError("name", "This name is too long once its signs are written out. Shorten it.")
    return wanted


async def _named(session: AsyncSession, name: str) -> PersonRow:
    row = await people.person_named(session, name)
    if row is None:
        raise NotFoundError(f"There is nobody called {name}. `quiz people list` names everybody.")
    return row
