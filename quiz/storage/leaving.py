"""A learner deletes all that is theirs: the only way in which an answer leaves the log.

The row of the learner goes last, as in a merge: an answer on its way is refused, not kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.storage.base import Base
from quiz.storage.dialect import hold_rows
from quiz.storage.school import EnrolmentRow, ReportRow
from quiz.storage.tables import (
    AnalysisRow,
    AttemptRow,
    DeviceCodeRow,
    LearnerRow,
    LearnerTokenRow,
    MemoryRow,
    RoundCardRow,
    RoundRow,
    TopicProgressRow,
)

OWNED: Sequence[type[Base]] = (
    AttemptRow,
    RoundRow,
    MemoryRow,
    TopicProgressRow,
    ReportRow,
    EnrolmentRow,
    DeviceCodeRow,
    LearnerTokenRow,
)
"""Tables with rows of learners, each before those that it refers to."""


async def delete_learner(session: AsyncSession, learner_id: int) -> None:
    """Delete every row of a learner, and statistics that may count them: they are made anew."""
    await hold_rows(session, LearnerRow, [learner_id])
    of_learner = AttemptRow.learner_id == learner_id
    packs = list(await session.scalars(select(AttemptRow.pack_id).where(of_learner).distinct()))
    await session.execute(delete(AnalysisRow).where(AnalysisRow.pack_id.in_(packs)))
    rounds = select(RoundRow.id).where(RoundRow.learner_id == learner_id)
    await session.execute(delete(RoundCardRow).where(RoundCardRow.round_id.in_(rounds)))
    for table in OWNED:
        await session.execute(delete(table).where(table.__table__.c.learner_id == learner_id))
    await session.execute(delete(LearnerRow).where(LearnerRow.id == learner_id))
