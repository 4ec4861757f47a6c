"""Coming and going: by password, with a second factor where there is one, or by a link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.errors import FormError, NotFoundError
from quiz.core.people import Person
from quiz.core.tokens import digest_of
from quiz.people.confirming import begin_try, use_code
from quiz.people.hashing import Hasher
from quiz.storage import events, people
from quiz.storage.engine import Database
from quiz.storage.school import LoginLinkRow, PersonRow

LINK_LASTS = timedelta(minutes=10)

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
    event = await begin_try(ways.database, name, now=now)
    async with ways.database.reading() as session:
        known = await people.person_named(session, name)
    stored = known.password if known is not None and known.ended_at is None else None
    if not await ways.hasher.matches(stored, password) or known is None or stored is None:
        raise FormError("password", REFUSAL)
    is_outdated = ways.hasher.is_outdated(stored)
    fresh = await ways.hasher.hash(password) if is_outdated else stored
    async with ways.database.writing.begin() as session:
        row = await people.held(session, known.id)
        # The hash took its time: meanwhile the password may have changed, or the door been shut.
        unchanged = row.password == stored and row.ended_at is None
        way = _way(row, code, now=now) if unchanged else ""
        if not way:
            raise FormError("password", REFUSAL)
        row.password = fresh
        await events.settle(session, event, "sign-in", person_id=row.id, details={"way": way})
        return await _let_in(ways, session, row, former, device, now=now)


async def link_for(ways: Ways, person_id: int, *, now: datetime) -> str:
    """Return the token of a link that signs a person in once, until LINK_LASTS is over."""
    token = ways.chance()
    async with ways.database.writing.begin() as session:
        link = LoginLinkRow(digest=digest_of(token), person_id=person_id, ends_at=now + LINK_LASTS)
        session.add(link)
        row = await session.get_one(PersonRow, person_id)
        await events.note(session, "link-made", now=now, subject=row.public_id)
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
        await events.note(session, "sign-in", now=now, person_id=row.id, details={"way": "link"})
        return await _let_in(ways, session, row, former, device, now=now)


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


def _way(row: PersonRow, code: str, *, now: datetime) -> str:
    """Return how somebody came who knew the password, "" where a code is lacking or wrong."""
    return use_code(row, code, now=now) if row.totp_secret else "password"


async def _let_in(
    ways: Ways,
    session: AsyncSession,
    row: PersonRow,
    former: str,
    device: str,
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
    return Came(people.person_from(row), cookie)
