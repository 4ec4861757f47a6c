"""Coming and going: by password, with a second factor where there is one, or by a link."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.errors import FormError, NotFoundError, TooOftenError
from quiz.core.names import key_of
from quiz.core.people import Person
from quiz.people import codes
from quiz.people.hashing import Hasher
from quiz.storage import events, people
from quiz.storage.engine import Database
from quiz.storage.school import LoginLinkRow, PersonRow

WINDOW = timedelta(minutes=15)
MOST_FAILURES = 10
"""Failures of one name in WINDOW, after which the name has to wait."""
LINK_LASTS = timedelta(minutes=10)

FAILED = "sign-in-failed"
REFUSAL = "Name, password or code is not right."


@dataclass(frozen=True, slots=True)
class Ways:
    """What signing in works with; `chance` returns a new token of 256 bits at each call."""

    database: Database
    hasher: Hasher
    chance: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody who signed in; the browser keeps `cookie`."""

    person: Person
    cookie: str


def digest_of(token: str) -> str:
    """Return the SHA-256 of a token: all that the database knows of it."""
    return hashlib.sha256(token.encode()).hexdigest()


async def sign_in(
    ways: Ways,
    name: str,
    password: str,
    code: str,
    *,
    former: str,
    device: str,
    now: datetime,
) -> Came:
    """Sign somebody in, and end the sign-in that the browser had before (digest `former`).

    Raises FormError, the same for whatever is wrong and after the same work, and TooOftenError
    for a name that failed too often lately.
    """
    subject = events.hidden(key_of(name))
    async with ways.database.reading() as session:
        await _refuse_often(session, subject, now=now)
        row = await people.person_named(session, name)
    known = row if row is not None and row.ended_at is None else None
    matches = await ways.hasher.matches(known.password if known else None, password)
    fresh = await _fresh(ways, known, password) if matches else None
    async with ways.database.writing.begin() as session:
        found = await session.get(PersonRow, known.id) if known and matches else None
        if found is not None and _second_factor(found, code, now=now):
            found.password = fresh or found.password
            return await _let_in(ways, session, found, former, device, "password", now=now)
        await events.note(session, FAILED, now=now, subject=subject)
    raise FormError("password", REFUSAL)


async def _fresh(ways: Ways, row: PersonRow | None, password: str) -> str | None:
    """Return a hash with today's parameters where the stored one has others."""
    outdated = row is not None and row.password and ways.hasher.is_outdated(row.password)
    return await ways.hasher.hash(password) if outdated else None


async def link_for(ways: Ways, person_id: int, *, now: datetime) -> str:
    """Return the token of a link that signs a person in once, until LINK_LASTS is over."""
    token = ways.chance()
    async with ways.database.writing.begin() as session:
        link = LoginLinkRow(digest=digest_of(token), person_id=person_id, ends_at=now + LINK_LASTS)
        session.add(link)
    return token


async def name_on_link(ways: Ways, token: str, *, now: datetime) -> str:
    """Return whom a link would sign in. Raises NotFoundError for one used or too old."""
    async with ways.database.reading() as session:
        return (await _usable(session, token, now=now)).name


async def sign_in_by_link(
    ways: Ways, token: str, *, former: str, device: str, now: datetime
) -> Came:
    """Sign in whom a link names, once. Raises NotFoundError."""
    async with ways.database.writing.begin() as session:
        row = await _usable(session, token, now=now)
        if not await people.use_link(session, digest_of(token), now=now):
            raise NotFoundError(NO_LINK)
        return await _let_in(ways, session, row, former, device, "link", now=now)


async def sign_out(ways: Ways, person: Person, digest: str, *, now: datetime) -> None:
    """End the sign-in with this digest."""
    async with ways.database.writing.begin() as session:
        await people.end_login(session, digest)
        await events.note(session, "sign-out", now=now, person_id=person.id)


NO_LINK = (
    "This link does not work any more: it signs in once, within ten minutes. Whoever runs the "
    "server can make another with `quiz people link`."
)


async def _usable(session: AsyncSession, token: str, *, now: datetime) -> PersonRow:
    found = await people.link_of(session, digest_of(token))
    if found is None or found[0].used_at is not None or found[0].ends_at <= now:
        raise NotFoundError(NO_LINK)
    return found[1]


async def _refuse_often(session: AsyncSession, subject: str, *, now: datetime) -> None:
    if await events.count_since(session, FAILED, subject, now - WINDOW) >= MOST_FAILURES:
        raise TooOftenError(
            "That was tried too often. Wait a quarter of an hour, or ask whoever runs the server "
            "for a link that signs in.",
            int(WINDOW.total_seconds()),
        )


def _second_factor(row: PersonRow, code: str, *, now: datetime) -> bool:
    """Return whether the code will do, and use it up."""
    if row.totp_secret is None:
        return True
    step = codes.step_of(code, row.totp_secret, after=row.totp_step, now=now)
    if step is not None:
        row.totp_step = step
        return True
    left = codes.left_after(code, row.recovery)
    if left is not None:
        row.recovery = left
    return left is not None


async def _let_in(
    ways: Ways,
    session: AsyncSession,
    row: PersonRow,
    former: str,
    device: str,
    way: str,
    *,
    now: datetime,
) -> Came:
    cookie = ways.chance()
    if former:
        await people.end_login(session, former)
    public_id = digest_of(ways.chance())[:22]
    await people.create_login(
        session, row.id, digest=digest_of(cookie), public_id=public_id, device=device, now=now
    )
    await events.note(session, "sign-in", now=now, person_id=row.id, details={"way": way})
    return Came(people.person_from(row), cookie)
