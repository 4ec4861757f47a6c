"""The log of attempts, read through for exports: in short pages, with an end fixed at the start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from quiz.core.attempts import Attempt
from quiz.storage.attempts import COLUMNS, attempt_from
from quiz.storage.published import QuestionRow
from quiz.storage.tables import AttemptRow, LearnerRow, RoundRow


@dataclass(frozen=True, slots=True)
class Entry:
    """An attempt with what its row in an export needs of round, learner and present question.

    `try_no` counts the learner's tries at the question from 1.
    """

    id: int
    attempt: Attempt
    round_id: str
    secret: str
    learner_id: str
    learner_name: str
    level: str
    tags: Sequence[str]
    points: float
    shuffle: bool
    commentary_hash: str
    try_no: int

    @property
    def key(self) -> tuple[datetime, int]:
        """Its place in the log."""
        return self.attempt.answered_at, self.id


async def last_id(session: AsyncSession) -> int:
    """Return the id of the latest attempt, 0 without any: where an export that starts now ends."""
    return await session.scalar(select(func.max(AttemptRow.id))) or 0


async def count_until(session: AsyncSession, last: int) -> int:
    """Return how many attempts have an id of at most `last`."""
    query = select(func.count()).select_from(AttemptRow).where(AttemptRow.id <= last)
    return await session.scalar(query) or 0


async def page_after(
    session: AsyncSession, after: tuple[datetime, int] | None, *, last: int, limit: int
) -> Sequence[Entry]:
    """Return at most `limit` entries behind a place in the log, in the order of answers."""
    query = _entries().where(AttemptRow.id <= last).limit(limit)
    if after is not None:
        query = query.where(tuple_(AttemptRow.answered_at, AttemptRow.id) > after)
    rows = await session.execute(query)
    return [Entry(row[0], attempt_from(row[1:_BESIDE]), *row[_BESIDE:]) for row in rows]


_BESIDE = 1 + len(COLUMNS)


def _entries() -> Select[Any]:
    former = aliased(QuestionRow)
    present_id = func.coalesce(QuestionRow.renamed_to, QuestionRow.id)
    former_ids = (
        select(former.id)
        .where(former.pack_id == AttemptRow.pack_id, former.renamed_to == present_id)
        .correlate(AttemptRow, QuestionRow)
    )
    # Two sums, as each finds its rows in an index, and an OR of both would not.
    try_no = _tries(lambda asked: asked == present_id) + _tries(lambda asked: asked.in_(former_ids))
    return (
        select(AttemptRow.id, *COLUMNS.values())  # columns: a page of entities takes twice as long
        .add_columns(RoundRow.public_id, RoundRow.secret, LearnerRow.public_id, LearnerRow.name)
        .add_columns(QuestionRow.level, QuestionRow.tags, QuestionRow.points, QuestionRow.shuffle)
        .add_columns(QuestionRow.commentary_hash, try_no)
        .select_from(AttemptRow)
        .join(RoundRow, RoundRow.id == AttemptRow.round_id)
        .join(LearnerRow, LearnerRow.id == AttemptRow.learner_id)
        .join(
            QuestionRow,
            and_(
                QuestionRow.pack_id == AttemptRow.pack_id,
                QuestionRow.id == AttemptRow.question_id,
            ),
        )
        .order_by(AttemptRow.answered_at, AttemptRow.id)
    )


def _tries(
    matches: Callable[[InstrumentedAttribute[str]], ColumnElement[bool]],
) -> ScalarSelect[int]:
    """Count the learner's attempts up to this one at questions whose id matches."""
    earlier = aliased(AttemptRow)
    return (
        select(func.count())
        .where(earlier.learner_id == AttemptRow.learner_id, earlier.id <= AttemptRow.id)
        .where(earlier.pack_id == AttemptRow.pack_id, matches(earlier.question_id))
        .correlate(AttemptRow, QuestionRow)
        .scalar_subquery()
    )
