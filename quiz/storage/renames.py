"""Ids that changed: the row of the former id stays and points to the present one.

What is derived from the log moves along; the log itself keeps the ids of its day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.storage.base import Base
from quiz.storage.memories import rename_objective
from quiz.storage.progress import rename_topic
from quiz.storage.published import ObjectiveRow, QuestionRow, TopicRow

Renames = Mapping[str, str]
"""Former id to present id."""

ByTable = Mapping[type[Base], Renames]

Known = Mapping[type[Base], Mapping[str, Any]]
"""The rows of a pack before it is published anew, by table and id."""


def histories_meet(renames: ByTable, known: Known, living: Mapping[type[Base], set[str]]) -> bool:
    """Return whether to move what is derived is not enough, and it must be made anew.

    It is when an id is renamed to one that had a row before, or when a renaming is taken back.
    """
    taken = known[QuestionRow].keys() | known[ObjectiveRow].keys()
    targets = {*renames[QuestionRow].values(), *renames[ObjectiveRow].values()}
    return bool(
        targets & taken
        or set(renames[TopicRow].values()) & known[TopicRow].keys()
        or any(
            row.renamed_to is not None and (key in renames[table] or key in living[table])
            for table, rows in known.items()
            for key, row in rows.items()
        )
    )


def homes_change(
    questions: Iterable[Mapping[str, Any]], renames: ByTable, known: Mapping[str, Any]
) -> bool:
    """Return whether a known question goes, comes back, or moves to another topic."""
    topics, names = renames[TopicRow], renames[QuestionRow]
    before = {
        names.get(key, key): topics.get(row.topic_id, row.topic_id)
        for key, row in known.items()
        if row.retired_at is None
    }
    after = {row["id"]: row["topic_id"] for row in questions}
    returns = any(key in known and key not in before for key in after)
    return returns or any(after.get(key) != topic for key, topic in before.items())


async def apply_renames(
    session: AsyncSession,
    pack_id: str,
    renames: ByTable,
    known: Known,
    *,
    now: datetime,
    keep_derived: bool,
) -> None:
    """Point former ids to present ones and, but for `keep_derived`, move what is derived."""
    for table, pairs in renames.items():
        for old, new in pairs.items():
            await _point(session, table, pack_id, old, new, now=now)
    topics = renames[TopicRow]
    # A question without an objective is its own: then its name is an objective's name, too.
    own = {o: n for o, n in renames[QuestionRow].items() if o not in known[ObjectiveRow]}
    objectives = {**own, **renames[ObjectiveRow]}
    for old, new in topics.items():
        await _replace(session, pack_id, "topic_id", old, new)
        if not keep_derived:
            await rename_topic(session, pack_id, old, new)
    for old, new in objectives.items():
        await _replace(session, pack_id, "objective_id", old, new)
        if not keep_derived:
            await rename_objective(session, pack_id, old, new)


async def present_ids(
    session: AsyncSession, table: type[Base], pack_id: str | None = None
) -> Mapping[tuple[str, str], str]:
    """Return the present id of every id ever used, with its pack, in one pack or all."""
    columns = table.__table__.c
    query = select(columns.pack_id, columns.id, func.coalesce(columns.renamed_to, columns.id))
    if pack_id is not None:
        query = query.where(columns.pack_id == pack_id)
    return {(row[0], row[1]): row[2] for row in await session.execute(query)}


async def homes(
    session: AsyncSession, pack_id: str | None = None
) -> Mapping[tuple[str, str], str | None]:
    """Return the topic of every question under its present id, None where it is asked no more."""
    query = select(
        QuestionRow.pack_id, QuestionRow.id, QuestionRow.topic_id, QuestionRow.retired_at
    ).where(QuestionRow.renamed_to.is_(None))
    if pack_id is not None:
        query = query.where(QuestionRow.pack_id == pack_id)
    rows = await session.execute(query)
    return {(row[0], row[1]): row[2] if row[3] is None else None for row in rows}


async def _point(
    session: AsyncSession, table: type[Base], pack_id: str, old: str, new: str, *, now: datetime
) -> None:
    """Point a row, and those that pointed to it, to the present id."""
    columns = table.__table__.c
    await session.execute(
        update(table)
        .where(columns.pack_id == pack_id)
        .where(or_(columns.id == old, columns.renamed_to == old))
        .values(renamed_to=new, retired_at=func.coalesce(columns.retired_at, now))
    )


async def _replace(session: AsyncSession, pack_id: str, name: str, old: str, new: str) -> None:
    """Let former questions, which open rounds may ask, name the present topic or objective."""
    column = QuestionRow.__table__.c[name]
    await session.execute(
        update(QuestionRow).where(QuestionRow.pack_id == pack_id, column == old).values({name: new})
    )
