"""What comes back to the author of a pack: the numbers of `quiz stats`, and reports that wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.hearing import COUNTING, NOT_COUNTED, Heard, PackHeard, Said
from quiz.storage import catalog
from quiz.storage.engine import Database
from quiz.storage.library import Library
from quiz.storage.reports import waiting_in
from quiz.storage.scopes import EVERYBODY
from quiz.storage.tries import asked_questions, names_of_questions
from quiz.teaching.analysis import Analyst, Look, analysis
from quiz.teaching.counting import Clock

MODE = "practice"
"""What authors see is how everybody did in practice."""


async def hear(db: Database, library: Library, pack_id: str, *, clock: Clock) -> PackHeard | None:
    """Return what there is of now, counted if need be; None for a pack that is not published.

    For commands, which can wait.
    """
    if not await _is_published(db, pack_id):
        return None
    found = await analysis(db, library, EVERYBODY, pack_id, MODE, clock=clock)
    return await _heard(db, pack_id, Look(found, counting=False))


async def overhear(analyst: Analyst, pack_id: str) -> PackHeard | None:
    """Return what is known now, as `hear` does, for a page, which does not wait."""
    if not await _is_published(analyst.db, pack_id):
        return None
    return await _heard(analyst.db, pack_id, await analyst.look(EVERYBODY, pack_id, MODE))


async def _is_published(db: Database, pack_id: str) -> bool:
    async with db.reading() as session:
        return await catalog.pack(session, pack_id) is not None


async def _heard(db: Database, pack_id: str, look: Look) -> PackHeard:
    async with db.reading() as session:
        names = await names_of_questions(session, pack_id)
        asked = [row for row, _ in await asked_questions(session, pack_id)]
        said = await _said(session, pack_id, names)
    # Numbers may have been counted before the pack was published anew: those of another v go.
    counted = {(q.question_id, q.v): q for q in look.analysis.questions} if look.analysis else {}
    without = COUNTING if look.counting else NOT_COUNTED
    questions = {}
    for row in asked:
        found = counted.get((row.id, row.v))
        gap = "" if found else without
        questions[row.id] = Heard(row.v, row.rev, found, gap, said.get(row.id, ()))
    return PackHeard(look.analysis, look.counting, names, questions)


async def _said(
    session: AsyncSession, pack_id: str, names: Mapping[str, str]
) -> Mapping[str, tuple[Said, ...]]:
    found: dict[str, tuple[Said, ...]] = defaultdict(tuple)
    for asked, rev, text, created_at in await waiting_in(session, pack_id):
        found[names.get(asked, asked)] += (Said(text, rev, created_at),)
    return found
