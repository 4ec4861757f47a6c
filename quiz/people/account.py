"""Looking after one's own ways in: sign-ins, the password, the second factor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.errors import FormError, NotFoundError
from quiz.core.people import Person, login_ends
from quiz.people import codes
from quiz.people.confirming import confirm_code, confirm_password
from quiz.people.passwords import check_password
from quiz.people.signing_in import Ways
from quiz.storage import events, people
from quiz.storage.school import PersonRow


@dataclass(frozen=True, slots=True)
class Login:
    """A sign-in of one's own; `here` is the one that asks."""

    public_id: str
    device: str
    created_at: datetime
    last_seen_at: datetime
    here: bool


@dataclass(frozen=True, slots=True)
class Account:
    """What a person sees of themselves; `recovery_codes` counts those not used yet."""

    person: Person
    has_password: bool
    has_second_factor: bool
    recovery_codes: int
    logins: tuple[Login, ...]


async def account(ways: Ways, person: Person, digest: str, *, now: datetime) -> Account:
    """Return a person's ways in; `digest` is of the sign-in that asks."""
    async with ways.database.reading() as session:
        row = await _row(session, person)
        logins = await people.logins_of(session, person.id)
    return Account(
        person=person,
        has_password=row.password is not None,
        has_second_factor=row.totp_secret is not None,
        recovery_codes=len(row.recovery),
        logins=tuple(
            Login(
                each.public_id,
                each.device,
                each.created_at,
                each.last_seen_at,
                each.digest == digest,
            )
            for each in logins
            if login_ends(each.created_at, each.last_seen_at) > now
        ),
    )


async def end_login(ways: Ways, person: Person, public_id: str, *, now: datetime) -> None:
    """End one's own sign-in elsewhere. Raises NotFoundError."""
    async with ways.database.writing.begin() as session:
        for login in await people.logins_of(session, person.id):
            if login.public_id == public_id:
                await people.end_login(session, login.digest)
                await events.note(session, "login-ended", now=now, person_id=person.id)
                return
    raise NotFoundError("There is no such sign-in of yours. It may have ended already.")


async def end_others(ways: Ways, person: Person, digest: str, *, now: datetime) -> None:
    """End all of one's sign-ins but the one that asks."""
    async with ways.database.writing.begin() as session:
        await people.end_logins(session, person.id, but=digest)
        await events.note(session, "logins-ended", now=now, person_id=person.id)


async def change_password(
    ways: Ways, person: Person, digest: str, current: str, new: str, *, now: datetime
) -> None:
    """Change one's password and end all other sign-ins; who came by a link needs no former one.

    Raises FormError and TooOftenError.
    """
    check_password(new, person.name, field="new")
    await confirm_password(ways.database, ways.hasher, person, current, "current", now=now)
    fresh = await ways.hasher.hash(new)
    async with ways.database.writing.begin() as session:
        (await people.held(session, person.id)).password = fresh
        await people.end_logins(session, person.id, but=digest)
        await events.note(session, "password-changed", now=now, person_id=person.id)


async def proof_of(ways: Ways, person: Person) -> str:
    """Return what shows that it is the person: `code`, `password`, or "" for who has neither."""
    async with ways.database.reading() as session:
        row = await _row(session, person)
    if row.totp_secret is not None:
        return "code"
    return "password" if row.password is not None else ""


async def add_second_factor(
    ways: Ways, person: Person, secret: str, code: str, proof: str, *, now: datetime
) -> list[str]:
    """Ask for codes of a device from now on, once one shows that it knows the secret.

    `proof` is what `proof_of` wants, so that an open browser is not enough to lock its owner out.
    Returns recovery codes, to be shown this once. Raises FormError and TooOftenError.
    """
    step = codes.step_of(code, secret, after=None, now=now)
    if step is None:
        raise FormError("code", "That is not the code of this moment. Is the device's clock right?")
    await _confirm(ways, person, proof, now=now)
    fresh = codes.new_recovery_codes(ways.chance)
    async with ways.database.writing.begin() as session:
        row = await people.held(session, person.id)
        row.totp_secret, row.totp_step = secret, step
        row.recovery = [codes.digest_of_code(each) for each in fresh]
        await events.note(session, "second-factor-on", now=now, person_id=person.id)
    return fresh


async def drop_second_factor(ways: Ways, person: Person, code: str, *, now: datetime) -> None:
    """Ask for no codes any more, after a last one. Raises FormError and TooOftenError."""
    await confirm_code(ways.database, person, code, "proof", now=now)
    async with ways.database.writing.begin() as session:
        forget_second_factor(await people.held(session, person.id))
        await events.note(session, "second-factor-off", now=now, person_id=person.id)


async def _confirm(ways: Ways, person: Person, proof: str, *, now: datetime) -> None:
    if await proof_of(ways, person) == "code":
        await confirm_code(ways.database, person, proof, "proof", now=now)
    else:
        await confirm_password(ways.database, ways.hasher, person, proof, "proof", now=now)


def forget_second_factor(row: PersonRow) -> None:
    """Take a second factor away."""
    row.totp_secret, row.totp_step, row.recovery = None, None, []


async def _row(session: AsyncSession, person: Person) -> PersonRow:
    return await session.get_one(PersonRow, person.id)
