"""Ada, who can sign in, on each engine where a test asks for it."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator

import pytest

from quiz.core.people import Role
from quiz.people import administration
from quiz.people.hashing import Hasher
from quiz.people.signing_in import Ways
from quiz.storage.engine import connected
from quiz.storage.migrate import migrate
from tests.conftest import CHEAP, NOW
from tests.signing import PASSWORD


@pytest.fixture
async def ways(url: str) -> AsyncIterator[Ways]:
    numbers = itertools.count()
    async with connected(url) as database:
        await migrate(database, now=NOW)
        ways = Ways(database, Hasher(CHEAP), lambda: f"{next(numbers):04}-token" * 5)
        await administration.add(ways, "Ada", Role.instructor, now=NOW)
        await administration.set_password(ways, "Ada", PASSWORD, now=NOW)
        yield ways
