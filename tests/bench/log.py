"""A log of any length: one learner's answers, made as the app makes them, and copies of them."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.people import Role
from quiz.core.rounds import Round
from quiz.core.tokens import digest_of
from quiz.packs.revision import rev
from quiz.storage.classes import add_class
from quiz.storage.engine import Database, connected
from quiz.storage.learners import create_learner
from quiz.storage.people import create_login, create_person
from quiz.storage.rebuild import rebuild
from quiz.storage.rounds import create_round
from quiz.storage.school import EnrolmentRow
from quiz.storage.tables import AttemptRow
from tests.bench.learners import questions
from tests.bench.pack import A_TOPIC, PACK
from tests.bench.school import School

COOKIE = "the-first-learner"
LOGIN = "the-teacher"
CLASS = "c" * 22
FIRST = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
"""Long ago, so that everything is due."""

COPIED = (
    "learners",
    "learner_tokens",
    "rounds",
    "round_cards",
    "attempts",
    "memories",
    "topic_progress",
)
"""In an order that foreign keys allow."""


def fill_log(school: School, attempts: int, *, a_learner: int) -> None:
    """Put so many attempts into a published database, the same for each learner."""
    asyncio.run(_first_learner(school, a_learner))
    with sqlite3.connect(school.data / "quiz.db", isolation_level=None) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        for table in COPIED:
            _copy(connection, table, attempts // a_learner - 1)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


async def _first_learner(school: School, answers: int) -> None:
    async with connected(school.url) as database:
        async with database.writing.begin() as session:
            learner_id = await create_learner(
                session, public_id="l" * 22, digest=digest_of(COOKIE), now=FIRST
            )
            await _teacher(session, learner_id)
        assert learner_id == 1, "the database has learners already"
        for number in range(answers // A_TOPIC):
            await _round(database, school, number)
        await rebuild(database.writing, lambda answers: None)


async def _teacher(session: AsyncSession, learner_id: int) -> None:
    """Let somebody be signed in who has a class with the first learner in it."""
    row = await create_person(
        session, public_id="p" * 22, name="Teacher", role=Role.instructor, password=None, now=FIRST
    )
    now = datetime.now(UTC)  # noqa: TID251 - a sign-in ends by the clock of the server
    await create_login(
        session, row.id, digest=digest_of(LOGIN), public_id="p" * 22, device="", now=now
    )
    found = add_class(session, row.id, public_id=CLASS, name="Class", code="ABCD2345", now=FIRST)
    await session.flush()
    line = EnrolmentRow(public_id="e" * 22, class_id=found.id, learner_id=learner_id)
    line.name, line.external_id, line.shares_certainty = "Learner", "", False
    line.created_at = line.joined_at = line.since_at = FIRST
    session.add(line)


async def _round(database: Database, school: School, number: int) -> None:
    asked = list(questions(school.pack).values())
    chosen = [asked[(number * A_TOPIC + n) % len(asked)] for n in range(A_TOPIC)]
    now = FIRST + timedelta(hours=number)
    secret = sha256(str(number).encode()).hexdigest()
    found = Round(0, f"{number:022}", 1, PACK, "", None, "practice", secret, A_TOPIC, now, None)
    async with database.writing.begin() as session:
        await create_round(session, found, [(q.id, q.v, rev(q)) for q in chosen], now=now)
        rows = [
            {
                "round_id": number + 1,
                "position": position,
                "learner_id": 1,
                "pack_id": PACK,
                "topic_id": f"t-{int(question.id.removeprefix('q-')) // A_TOPIC}",
                "objective_id": question.objective,
                "question_id": question.id,
                "v": question.v,
                "rev": rev(question),
                "mode": "practice",
                "response": ["a"],
                "score": float(position % 3 > 0),
                "correct": position % 3 > 0,
                "counted": True,
                "misconceptions": [],
                "hints": 0,
                "shown_at": now + timedelta(minutes=position),
                "answered_at": now + timedelta(minutes=position, seconds=9),
            }
            for position, question in enumerate(chosen, 1)
        ]
        await session.execute(insert(AttemptRow), rows)


def _copy(connection: sqlite3.Connection, table: str, copies: int) -> None:
    """Copy the first learner's rows of a table for `copies` more learners."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    owner = {"learners": "id = 1", "round_cards": "true"}.get(table, "learner_id = 1")
    rounds = _count(connection, "rounds WHERE learner_id = 1")
    mine = _count(connection, f"{table} WHERE {owner}")
    changed = {
        "learner_id": "learner_id + k",
        "round_id": f"round_id + k * {rounds}",
        "digest": "'copy ' || k",
        "public_id": f"printf('%s%021d', '{table[0]}', id + k * {mine})",
        "id": f"id + k * {mine}",
    }
    chosen = ", ".join(changed.get(name, f'"{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    statement = (
        "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < :copies) "  # noqa: S608 - names of ours
        f"INSERT INTO {table} ({names}) SELECT {chosen} FROM n "
        f"CROSS JOIN (SELECT * FROM {table} WHERE {owner}) WHERE :copies > 0"
    )
    connection.execute(statement, {"copies": copies})


def _count(connection: sqlite3.Connection, rows: str) -> int:
    query = f"SELECT count(*) FROM {rows}"  # noqa: S608 - a table of ours
    found: int = connection.execute(query).fetchone()[0]
    return found
