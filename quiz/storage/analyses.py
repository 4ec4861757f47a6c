"""Statistics that were counted, kept so that a page need not count."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.analysis import Analysis, dump_analysis, load_analysis
from quiz.storage.dialect import upsert
from quiz.storage.scopes import Scope
from quiz.storage.tables import AnalysisRow

KEYS = ("scope", "pack_id", "mode")
VALUES = ("through", "stamp", "computed_at", "took_s", "numbers")


@dataclass(frozen=True, slots=True)
class Kept:
    """An analysis with what it rests on beside answers, and the seconds that counting took."""

    analysis: Analysis
    stamp: str
    took_s: float


async def kept_analysis(
    session: AsyncSession, scope: Scope, pack_id: str, mode: str
) -> Kept | None:
    """Return the latest analysis, None before the first."""
    query = select(AnalysisRow).where(
        AnalysisRow.scope == scope.key, AnalysisRow.pack_id == pack_id, AnalysisRow.mode == mode
    )
    row = (await session.scalars(query)).one_or_none()
    if row is None:
        return None
    whole, questions = load_analysis(row.numbers)
    analysis = Analysis(pack_id, mode, scope.name, row.through, row.computed_at, whole, questions)
    return Kept(analysis, row.stamp, row.took_s)


async def keep_analysis(session: AsyncSession, scope: Scope, kept: Kept) -> None:
    """Keep an analysis in the place of the former one."""
    found = kept.analysis
    row = {
        "scope": scope.key,
        "pack_id": found.pack_id,
        "mode": found.mode,
        "through": found.through,
        "stamp": kept.stamp,
        "computed_at": found.computed_at,
        "took_s": kept.took_s,
        "numbers": dump_analysis(found),
    }
    await session.execute(upsert(session, AnalysisRow, KEYS, replace=VALUES), [row])
