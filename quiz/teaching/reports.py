"""The inbox of what learners say is wrong with questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.errors import NotFoundError
from quiz.core.people import Person
from quiz.core.reports import OUTCOMES, Report
from quiz.storage import reports
from quiz.storage.engine import Database
from quiz.storage.library import Library

SHOWN = 100
"""Reports of each sort on the page."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """Reports that wait, `waits` of them in all, and the latest that were closed."""

    waiting: tuple[Report, ...]
    waits: int
    closed: tuple[Report, ...]


async def inbox(db: Database, library: Library) -> Inbox:
    """Return what there is to read."""
    async with db.reading() as session:
        waiting = await reports.waiting(session, limit=SHOWN)
        closed = await reports.closed(session, limit=SHOWN)
        return Inbox(
            waiting=await _read(session, library, waiting),
            waits=await reports.count_waiting(session),
            closed=await _read(session, library, closed),
        )


async def close(
    db: Database, person: Person, public_id: str, outcome: str, *, now: datetime
) -> None:
    """Say that a report led to a change or did not; an `outcome` of "" opens it again.

    Where it was fixed, the present revision is noted. Raises NotFoundError.
    """
    async with db.writing.begin() as session:
        found = await reports.report(session, public_id)
        if found is None or outcome not in ("", *OUTCOMES):
            raise NotFoundError("There is no such report.")
        row, *_, present_rev, _name = found
        await reports.close_report(
            session,
            row.id,
            outcome=outcome,
            fixed_rev=present_rev if outcome == "fixed" else None,
            closed_by=person.id,
            now=now,
        )


async def _read(
    session: AsyncSession, library: Library, rows: Iterable[reports.Found]
) -> tuple[Report, ...]:
    return tuple([await _report(session, library, row) for row in rows])


async def _report(session: AsyncSession, library: Library, found: reports.Found) -> Report:
    row, pack_title, commentary_hash, present_id, present_rev, closed_by = found
    key = (row.pack_id, row.question_id, row.rev, commentary_hash)
    wording, commentary = await library.read(session, key)
    return Report(
        public_id=row.public_id,
        pack_id=row.pack_id,
        pack_title=pack_title,
        question_id=row.question_id,
        present_id=present_id,
        rev=row.rev,
        present_rev=present_rev,
        wording=wording,
        commentary=commentary,
        answered=row.answered,
        text=row.text,
        created_at=row.created_at,
        outcome=row.outcome,
        fixed_rev=row.fixed_rev,
        closed_at=row.closed_at,
        closed_by=closed_by,
    )
