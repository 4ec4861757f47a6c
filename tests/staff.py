"""People who have signed in, without going through the page for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from starlette.testclient import TestClient

from quiz.config import Settings
from quiz.core.names import key_of
from quiz.core.people import Person, Role
from quiz.core.tokens import digest_of
from quiz.storage.classes import class_of
from quiz.storage.engine import connected
from quiz.storage.people import person_from
from quiz.storage.school import ClassRow, EnrolmentRow, LoginRow, PersonRow
from quiz.storage.tables import LearnerRow
from tests.conftest import NOW, run


def sign_in(
    client: TestClient, config: Settings, *, role: Role = Role.instructor, name: str = "Ada"
) -> Person:
    """Make a person with a sign-in of now and give the client its cookie."""
    person = run(_make(config.database_url, role, name))
    client.cookies.set("login", f"cookie of {name}")
    return person


def login_of(config: Settings, *, role: Role = Role.instructor, name: str = "Ada") -> str:
    """Make a person with a sign-in of now and return the value of its cookie."""
    run(_make(config.database_url, role, name))
    return f"cookie of {name}"


def sign_out(client: TestClient) -> None:
    """Take the cookie away: the client is nobody again."""
    client.cookies.delete("login")


async def _make(url: str, role: Role, name: str) -> Person:
    async with connected(url) as database, database.writing.begin() as session:
        row = PersonRow(
            public_id=f"person-{key_of(name)}"[:22],
            name=name,
            name_key=key_of(name),
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


async def _enrol(url: str, person: Person, name: str, joined_at: datetime) -> str:
    async with connected(url) as database, database.writing.begin() as session:
        found = await class_of(session, person.id, CLASS)
        if found is None:
            found = ClassRow(
                public_id=CLASS,
                owner_id=person.id,
                name="Databases, autumn",
                code="ABCD2345",
                created_at=NOW,
            )
            session.add(found)
            await session.flush()
        learner = (await session.scalars(select(LearnerRow).order_by(LearnerRow.id.desc()))).first()
        assert learner
        row = EnrolmentRow(
            public_id=f"pupil-{digest_of(name)}"[:22],
            class_id=found.id,
            learner_id=learner.id,
            name=name,
            external_id="",
            shares_certainty=False,
            created_at=joined_at,
            joined_at=joined_at,
            since_at=joined_at,
        )
        session.add(row)
        return row.public_id


CLASS = "class-of-a-test"
"""The public id of the class that `enrol` makes."""


def enrol(config: Settings, person: Person, name: str, *, joined_at: datetime = NOW) -> str:
    """Put the learner who came last into a class of a person, and return the line's public id."""
    return run(_enrol(config.database_url, person, name, joined_at))
