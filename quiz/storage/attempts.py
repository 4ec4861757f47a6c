"""The log of answers. It only grows, through `record_in`, which the recorder calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import fields
from typing import Any

from sqlalchemy import and_, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from quiz.core.attempts import Attempt
from quiz.storage.derived import derive
from quiz.storage.dialect import hold_rows, insert_new
from quiz.storage.published import QuestionRow
from quiz.storage.tables import AttemptRow, LearnerRow

COLUMNS = {field.name: getattr(AttemptRow, field.name) for field in fields(Attempt)}
"""What an answer is read from, by the names of its fields."""

Place = tuple[int, int]
"""Round and position: where an answer counts once."""


async def record_in(session: AsyncSession, attempts: Sequence[Attempt]) -> list[Attempt]:
    """Store answers and what follows from them, in the order given; return what is stored.

    A round's position counts once: a repeat changes nothing and gets the answer given first.
    However many they are, they take one statement for the log, one read and two upserts, and one
    more read where some are repeats. Servers first make others' answers of the same learners wait,
    as a memory follows from the one before.
    """
    if not attempts:
        return []
    await hold_rows(session, LearnerRow, {attempt.learner_id for attempt in attempts})
    new = await _insert(session, attempts)
    stored = {_place(attempt): attempt for attempt in new.values()}
    repeated = {_place(attempt) for attempt in attempts} - stored.keys()
    if repeated:
        stored |= await _attempts_at(session, repeated)
    counted = {id: attempt for id, attempt in new.items() if attempt.counted}
    if counted:
        await derive(session, counted)
    return [stored[_place(attempt)] for attempt in attempts]


async def attempt_at(session: AsyncSession, round_id: int, position: int) -> Attempt | None:
    """Return the answer at a place in a round, None before it is given."""
    place = (round_id, position)
    return (await _attempts_at(session, {place})).get(place)


async def latest_by_question(
    session: AsyncSession, learner_id: int, pack_id: str
) -> Mapping[str, Attempt]:
    """Return a learner's latest answer to each question of a pack, by the question's present id."""
    asked = aliased(QuestionRow)
    present = func.coalesce(asked.renamed_to, AttemptRow.question_id)
    latest = (
        select(present.label("question_id"), func.max(AttemptRow.id).label("id"))
        .outerjoin(
            asked, and_(asked.pack_id == AttemptRow.pack_id, asked.id == AttemptRow.question_id)
        )
        .where(AttemptRow.learner_id == learner_id, AttemptRow.pack_id == pack_id)
        .group_by(present)
        .subquery()
    )
    query = select(latest.c.question_id, AttemptRow).join(latest, latest.c.id == AttemptRow.id)
    return {row[0]: attempt_of(row[1]) for row in await session.execute(query)}


def attempt_of(row: AttemptRow) -> Attempt:
    """Return the answer that a row keeps."""
    return attempt_from([getattr(row, name) for name in COLUMNS])


def attempt_from(values: Sequence[Any]) -> Attempt:
    """Return the answer with these values of COLUMNS."""
    named = dict(zip(COLUMNS, values, strict=True))
    return Attempt(**{**named, "misconceptions": tuple(named["misconceptions"])})


def _place(attempt: Attempt) -> Place:
    return attempt.round_id, attempt.position


async def _attempts_at(session: AsyncSession, places: Set[Place]) -> Mapping[Place, Attempt]:
    query = select(AttemptRow).where(
        tuple_(AttemptRow.round_id, AttemptRow.position).in_(sorted(places))
    )
    return {_place(found): found for found in map(attempt_of, await session.scalars(query))}


async def _insert(session: AsyncSession, attempts: Sequence[Attempt]) -> dict[int, Attempt]:
    """Add to the log what is no repeat, and return it by its new id, in the order of ids."""
    first: dict[Place, Attempt] = {}
    for attempt in attempts:
        first.setdefault(_place(attempt), attempt)
    values = [_values(attempt) for attempt in first.values()]
    rows = await insert_new(session, AttemptRow, ("round_id", "position"), values)
    return {id: first[round_id, position] for id, round_id, position in sorted(map(tuple, rows))}


def _values(attempt: Attempt) -> dict[str, object]:
    values = {name: getattr(attempt, name) for name in COLUMNS}
    return values | {"misconceptions": list(attempt.misconceptions)}
