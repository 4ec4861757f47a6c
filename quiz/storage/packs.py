"""Publishing the content of a pack: what it says now is living, what it gave up is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.storage.base import Base
from quiz.storage.dialect import upsert
from quiz.storage.published import (
    MisconceptionRow,
    ObjectiveRow,
    PackRow,
    PictureRow,
    QuestionRow,
    RevisionRow,
    TopicRow,
)
from quiz.storage.rebuild import rebuild_in
from quiz.storage.renames import Renames, apply_renames, histories_meet, homes_change

Rows = Sequence[Mapping[str, Any]]

KEYS = ("pack_id", "id")


@dataclass(frozen=True, slots=True)
class Contents:
    """All rows of a pack without times, and by table the former ids it names, old to new."""

    pack: Mapping[str, Any]
    topics: Rows
    objectives: Rows
    misconceptions: Rows
    questions: Rows
    revisions: Rows
    pictures: Rows
    renames: Mapping[str, Renames]


@dataclass(frozen=True, slots=True)
class Changes:
    """How many questions are new, changed in any way, and no longer asked."""

    new: int = 0
    changed: int = 0
    retired: int = 0


async def content_hash(session: AsyncSession, pack_id: str) -> str | None:
    """Return the hash of what is published of a pack, None where nothing is."""
    query = select(PackRow.content_hash).where(PackRow.id == pack_id)
    return (await session.scalars(query)).one_or_none()


async def save_contents(session: AsyncSession, contents: Contents, *, now: datetime) -> Changes:
    """Make the contents what is published of the pack, in the transaction of the caller."""
    pack_id = contents.pack["id"]
    await _upsert(session, PackRow, [{**contents.pack, "published_at": now}], ("id",))
    living: dict[type[Base], Rows] = {
        TopicRow: contents.topics,
        ObjectiveRow: contents.objectives,
        MisconceptionRow: contents.misconceptions,
        QuestionRow: contents.questions,
    }
    known = {table: await _known(session, table, pack_id) for table in living}
    renames = {
        table: _pending(contents.renames.get(table.__tablename__, {}), known[table])
        for table in living
    }
    anew = histories_meet(
        renames, known, {table: _ids(rows) for table, rows in living.items()}
    ) or homes_change(contents.questions, renames, known[QuestionRow])
    await apply_renames(session, pack_id, renames, known, now=now, keep_derived=anew)
    for table, rows in living.items():
        fresh = {"pack_id": pack_id, "retired_at": None, "renamed_to": None}
        await _upsert(session, table, [{**row, **fresh} for row in rows], KEYS)
        await _retire(session, table, pack_id, known[table].keys() - _ids(rows), now=now)
    await _save_revisions(session, contents, now=now)
    pictures = [{**row, "pack_id": pack_id} for row in contents.pictures]
    await _upsert(session, PictureRow, pictures, ("pack_id", "path"))
    if anew:
        await rebuild_in(session, pack_id=pack_id)
    return _changes(contents.questions, known[QuestionRow], renames[QuestionRow])


def _ids(rows: Rows) -> set[str]:
    return {row["id"] for row in rows}


async def _known(session: AsyncSession, table: type[Base], pack_id: str) -> Mapping[str, Any]:
    columns = table.__table__.c
    wanted = [columns.id, columns.retired_at, columns.renamed_to]
    if table is QuestionRow:
        wanted += [columns.rev, columns.commentary_hash, columns.topic_id]
    rows = await session.execute(select(*wanted).where(columns.pack_id == pack_id))
    return {row.id: row for row in rows}


def _pending(renames: Renames, known: Mapping[str, Any]) -> Renames:
    """Leave out what was renamed before, and what never was published under its former id."""
    return {
        old: new for old, new in renames.items() if old in known and known[old].renamed_to != new
    }


async def _upsert(
    session: AsyncSession, table: type[Base], rows: Rows, keys: Sequence[str]
) -> None:
    if rows:
        replace = [name for name in rows[0] if name not in keys]
        await session.execute(upsert(session, table, keys, replace=replace), rows)


async def _retire(
    session: AsyncSession, table: type[Base], pack_id: str, gone: set[str], *, now: datetime
) -> None:
    """Note when rows went; those that had gone before keep their time."""
    columns = table.__table__.c
    statement = (
        update(table.__table__)  # type: ignore[arg-type]
        .where(columns.pack_id == pack_id, columns.id == bindparam("gone"))
        .where(columns.retired_at.is_(None))
        .values(retired_at=now)
    )
    if gone:
        await session.execute(statement, [{"gone": each} for each in sorted(gone)])


async def _save_revisions(session: AsyncSession, contents: Contents, *, now: datetime) -> None:
    """Store what is new, and mend remarks and proof of what is not: the wording stays as it was."""
    fixed = {"pack_id": contents.pack["id"], "published_at": now}
    rows = [{**row, **fixed} for row in contents.revisions]
    if rows:
        keys, mended = ("pack_id", "question_id", "rev"), ("remarks", "proof")
        await session.execute(upsert(session, RevisionRow, keys, replace=mended), rows)


def _changes(questions: Rows, known: Mapping[str, Any], renames: Renames) -> Changes:
    former = {new: old for old, new in renames.items()}
    before = {key: row for key, row in known.items() if row.retired_at is None}
    new, changed = 0, 0
    for row in questions:
        key: str = row["id"]
        was = before.pop(former.get(key, key), None)
        new += was is None
        changed += was is not None and (was.rev, was.commentary_hash) != (
            row["rev"],
            row["commentary_hash"],
        )
    return Changes(new, changed, retired=len(before))
