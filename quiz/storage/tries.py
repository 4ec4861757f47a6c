"""Tries at the questions of a pack, read through in short pages for statistics."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from quiz.storage.published import QuestionRow, RevisionRow, TopicRow
from quiz.storage.renames import present_ids
from quiz.storage.scopes import Scope, learners_after
from quiz.storage.tables import AttemptRow

LEARNERS = 20
"""Learners whose tries are read together."""
PAGE = 1000
"""Rows of one statement: others want their turn on the connection and in the loop."""

Try = Row[Any]
"""Learner, question as it was called, v, rev, score, response, hints, shown_at and answered_at."""


async def asked_questions(session: AsyncSession, pack_id: str) -> Sequence[Row[QuestionRow, str]]:
    """Return the living questions of a pack in pack order, each with its kind."""
    query = (
        select(QuestionRow, RevisionRow.kind)
        .join(
            TopicRow,
            and_(TopicRow.pack_id == QuestionRow.pack_id, TopicRow.id == QuestionRow.topic_id),
        )
        .join(
            RevisionRow,
            and_(
                RevisionRow.pack_id == QuestionRow.pack_id,
                RevisionRow.question_id == QuestionRow.id,
                RevisionRow.rev == QuestionRow.rev,
            ),
        )
        .where(QuestionRow.pack_id == pack_id, QuestionRow.retired_at.is_(None))
        .order_by(TopicRow.position, QuestionRow.position)
    )
    return (await session.execute(query)).all()


async def names_of_questions(session: AsyncSession, pack_id: str) -> Mapping[str, str]:
    """Return the present id of every id that a question of the pack ever had."""
    found = await present_ids(session, QuestionRow, pack_id)
    return {known_as: present for (_, known_as), present in found.items()}


async def tries_of(
    reading: async_sessionmaker[AsyncSession],
    scope: Scope,
    pack_id: str,
    modes: Sequence[str],
    *,
    through: int,
) -> AsyncIterator[Sequence[Try]]:
    """Yield the tries that count, up to the id `through`: by learner, each one's oldest first."""
    learner = 0
    while True:
        async with reading() as session:
            group = await learners_after(session, scope, learner, limit=LEARNERS)
        if not group:
            return
        learner = group[-1]
        query = _tries(scope, pack_id, modes).where(
            AttemptRow.learner_id.in_(group), AttemptRow.id <= through
        )
        key, place = tuple_(AttemptRow.learner_id, AttemptRow.id), (0, 0)
        full = True
        while full:
            async with reading() as session:
                rows = (await session.execute(query.where(key > place))).all()
            if rows:
                yield rows
                place = rows[-1].learner_id, rows[-1].id
            full = len(rows) == PAGE


def _tries(scope: Scope, pack_id: str, modes: Sequence[str]) -> Select[Any]:
    return (
        select(AttemptRow.learner_id, AttemptRow.question_id, AttemptRow.v, AttemptRow.rev)
        .add_columns(AttemptRow.score, AttemptRow.response, AttemptRow.hints)
        .add_columns(AttemptRow.shown_at, AttemptRow.answered_at, AttemptRow.id)
        .where(AttemptRow.pack_id == pack_id, AttemptRow.mode.in_(modes), AttemptRow.counted)
        .where(scope.seen)
        .order_by(AttemptRow.learner_id, AttemptRow.id)
        .limit(PAGE)
    )
