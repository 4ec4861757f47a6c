"""People who have signed in, without going through the page for it."""

from __future__ import annotations

from starlette.testclient import TestClient

from quiz.config import Settings
from quiz.core.people import Person, Role
from quiz.practice.rounds import digest_of
from quiz.storage.engine import connected
from quiz.storage.people import name_key, person_from
from quiz.storage.school import LoginRow, PersonRow
from tests.conftest import NOW, run


def sign_in(
    client: TestClient, config: Settings, *, role: Role = Role.instructor, name: str = "Ada"
) -> Person:
    """Make a person with a sign-in of now and give the client its cookie."""
    person = run(_make(config.database_url, role, name))
    client.cookies.set("login", f"cookie of {name}")
    return person


def sign_out(client: TestClient) -> None:
    """Take the cookie away: the client is nobody again."""
    client.cookies.delete("login")


async def _make(url: str, role: Role, name: str) -> Person:
    async with connected(url) as database, database.writing.begin() as session:
        row = PersonRow(
            public_id=f"person-{name_key(name)}"[:22],
            name=name,
            name_key=name_key(name),
            role=role,
            recovery=[],
            created_at=NOW,
        )
        session.add(row)
        await session.flush()
        digest = digest_of(f"cookie of {name}")
        session.add(
            LoginRow(
                digest=digest,
                public_id=digest[:22],
                person_id=row.id,
                device="a test",
                created_at=NOW,
                last_seen_at=NOW,
            )
        )
        return person_from(row)
