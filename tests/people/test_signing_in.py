"""Many who try at once, and what changes while somebody signs in."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from typing import Literal

import pyotp
import pytest
from argon2 import PasswordHasher, profiles
from sqlalchemy import select, update

from quiz.core.errors import FormError, NotFoundError, TooOftenError
from quiz.core.people import Person
from quiz.people import account, administration
from quiz.people.confirming import FAILED, MOST_FAILURES
from quiz.people.hashing import Hasher
from quiz.people.signing_in import Came, Ways, link_for, sign_in, sign_in_by_link
from quiz.storage.people import person_from, person_named
from quiz.storage.school import EventRow, PersonRow
from tests.conftest import NOW
from tests.signing import PASSWORD

pytestmark = pytest.mark.every_engine


async def come(ways: Ways, password: str = PASSWORD, code: str = "", *, seconds: int = 0) -> Came:
    now = NOW + timedelta(seconds=seconds)
    return await sign_in(ways, "Ada", password, code, former="", device="a test", now=now)


async def person(ways: Ways) -> Person:
    async with ways.database.reading() as session:
        row = await person_named(session, "Ada")
    assert row
    return person_from(row)


async def outcomes(*acts: Awaitable[object]) -> Counter[str]:
    found = await asyncio.gather(*acts, return_exceptions=True)
    return Counter(type(each).__name__ for each in found)


async def with_factor(ways: Ways) -> tuple[str, list[str]]:
    """Give Ada a second factor, and return its secret with the recovery codes."""
    secret = pyotp.random_base32()
    code, who = pyotp.TOTP(secret).at(NOW), await person(ways)
    return secret, await account.add_second_factor(ways, who, secret, code, PASSWORD, now=NOW)


@pytest.mark.every_engine(False)
async def test_trying_many_passwords_at_once_is_no_way_round_the_limit(ways: Ways) -> None:
    found = await outcomes(*(come(ways, f"wrong {number}") for number in range(25)))

    assert found == {"FormError": MOST_FAILURES, "TooOftenError": 25 - MOST_FAILURES}


async def test_who_may_try_again_is_told_when_and_then_may(ways: Ways) -> None:
    for number in range(MOST_FAILURES):
        with pytest.raises(FormError):
            await come(ways, "wrong horse", seconds=number)

    with pytest.raises(TooOftenError, match="Try again in 15 min") as refused:
        await come(ways, seconds=30)
    wait_s = refused.value.wait_s
    with pytest.raises(TooOftenError):
        await come(ways, seconds=30 + wait_s - 1)
    assert (await come(ways, seconds=30 + wait_s)).person.name == "Ada"


async def test_signing_in_often_is_no_failure(ways: Ways) -> None:
    for _ in range(MOST_FAILURES + 1):
        assert (await come(ways)).person.name == "Ada"


async def test_a_code_lets_in_once_of_many_who_bring_it_at_once(ways: Ways) -> None:
    secret, recovery = await with_factor(ways)
    code = pyotp.TOTP(secret).at(NOW + timedelta(seconds=30))

    device = await outcomes(*(come(ways, code=code, seconds=30) for _ in range(4)))
    spare = await outcomes(*(come(ways, code=recovery[0], seconds=30) for _ in range(4)))

    assert device == spare == {"Came": 1, "FormError": 3}


async def test_a_link_lets_in_once_of_many_who_open_it_at_once(ways: Ways) -> None:
    token = await link_for(ways, (await person(ways)).id, now=NOW)

    async def use() -> Came:
        return await sign_in_by_link(ways, token, former="", device="a test", now=NOW)

    assert await outcomes(*(use() for _ in range(4))) == {"Came": 1, "NotFoundError": 3}


class Meanwhile(PasswordHasher):
    """Checks a password, and lets something happen before it says so."""

    def __init__(self, ways: Ways, change: dict[str, object]) -> None:
        cheap = profiles.CHEAPEST
        super().__init__(cheap.time_cost, cheap.memory_cost, cheap.parallelism)
        self.ways, self.change = ways, change
        self.loop = asyncio.get_running_loop()

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        right = super().verify(hash, password)
        asyncio.run_coroutine_threadsafe(self._change(), self.loop).result()
        return right

    async def _change(self) -> None:
        async with self.ways.database.writing.begin() as session:
            await session.execute(update(PersonRow).values(self.change))


@pytest.mark.parametrize("change", [{"password": "$another"}, {"ended_at": NOW}])
async def test_who_is_shut_out_while_the_password_is_checked_stays_out(
    ways: Ways, change: dict[str, object]
) -> None:
    slow = replace(ways, hasher=Hasher(Meanwhile(ways, change)))

    with pytest.raises(FormError):
        await come(slow)

    async with ways.database.reading() as session:
        row = (await session.scalars(select(PersonRow))).one()
    assert all(getattr(row, name) == value for name, value in change.items())


async def test_a_hash_of_former_parameters_is_made_anew_at_the_next_sign_in(ways: Ways) -> None:
    parameters = replace(profiles.CHEAPEST, time_cost=2)
    dearer = Hasher(PasswordHasher.from_parameters(parameters))

    await come(replace(ways, hasher=dearer))

    async with ways.database.reading() as session:
        stored = (await session.scalars(select(PersonRow.password))).one()
    assert stored
    assert ",t=2," in stored
    assert (await come(replace(ways, hasher=dearer))).person.name == "Ada"


async def test_what_happened_is_traceable_and_tells_no_secret(ways: Ways) -> None:
    secret, recovery = await with_factor(ways)
    code = pyotp.TOTP(secret).at(NOW + timedelta(seconds=30))
    with pytest.raises(FormError):
        await come(ways, "wrong horse")
    await come(ways, code=code, seconds=30)
    with pytest.raises(NotFoundError):
        await administration.set_role(ways, "Bob", (await person(ways)).role, now=NOW)
    await administration.shut_out(ways, "Ada", now=NOW)

    async with ways.database.reading() as session:
        rows = (await session.scalars(select(EventRow).order_by(EventRow.id))).all()
    assert [row.kind for row in rows][2:] == [
        "confirmed", "second-factor-on", FAILED, "sign-in", "person-shut-out",
    ]  # fmt: skip
    assert [row.details for row in rows if row.kind == "sign-in"] == [{"way": "device"}]
    told = repr([(row.subject, row.details) for row in rows])
    assert not [
        each for each in (PASSWORD, "wrong", "Ada", secret, code, *recovery) if each in told
    ]
