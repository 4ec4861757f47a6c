"""The inbox of what learners say is wrong with questions."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.errors import NotFoundError
from quiz.core.items import QuestionStatistics
from quiz.core.people import Person
from quiz.core.reports import OUTCOMES, Report
from quiz.storage import reports
from quiz.storage.engine import Database
from quiz.storage.library import Library
from quiz.storage.scopes import EVERYBODY
from quiz.teaching.analysis import Analyst, Look
from quiz.teaching.hearing import MODE

SHOWN = 100
"""Reports of each sort on the page."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """Reports that wait, `waits` of them in all, and the latest that were closed.

    They are those of the pack `pack_id`, or of all for "". `packs` are those ever reported: id,
    title and how many reports wait. `looks` is how their questions do, by pack.
    """

    packs: Sequence[tuple[str, str, int]]
    pack_id: str
    waiting: tuple[Report, ...]
    waits: int
    closed: tuple[Report, ...]
    looks: Mapping[str, Look]

    def numbers(self, report: Report) -> QuestionStatistics | None:
        """Return how a report's question does now, None where it is not counted, or not yet."""
        analysis = self.looks[report.pack_id].analysis
        found = analysis.question(report.present_id or "") if analysis else None
        return found.numbers if found else None

    def counting(self, report: Report) -> bool:
        """Return whether newer numbers of its pack are on their way."""
        return self.looks[report.pack_id].counting


async def inbox(analyst: Analyst, *, pack_id: str) -> Inbox:
    """Return what there is to read of a pack, of all where there is no report on such a one."""
    async with analyst.db.reading() as session:
        packs = [(id, title, waits) for id, title, waits in await reports.packs_reported(session)]
        chosen = pack_id if pack_id in {id for id, *_ in packs} else ""
        waiting = await reports.waiting(session, pack_id=chosen, limit=SHOWN)
        closed = await reports.closed(session, pack_id=chosen, limit=SHOWN)
        found = await _read(session, analyst.library, waiting)
        done = await _read(session, analyst.library, closed)
    ids = list(dict.fromkeys(report.pack_id for report in (*found, *done)))
    looks = await asyncio.gather(*(analyst.look(EVERYBODY, id, MODE) for id in ids))
    return Inbox(
        packs=packs,
        pack_id=chosen,
        waiting=found,
        waits=sum(waits for id, _, waits in packs if chosen in ("", id)),
        closed=done,
        looks=dict(zip(ids, looks, strict=True)),
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
