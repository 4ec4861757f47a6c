"""The beliefs that answers of a class have shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from quiz.core.beliefs import Rights, Showing
from quiz.storage.classes import learners_of_class, seen_by_class
from quiz.storage.published import MisconceptionRow, QuestionRow
from quiz.storage.tables import AttemptRow

ASKED = aliased(QuestionRow)
"""The question as it was called when it was answered."""


async def showings(
    session: AsyncSession, class_id: int, pack_id: str, *, learner_id: int | None = None
) -> Sequence[Showing]:
    """Return the answers in a pack that showed a belief, under present ids, in order of time."""
    query = (
        select(AttemptRow.learner_id, AttemptRow.id, QuestionRow.id, QuestionRow.objective_id)
        .add_columns(AttemptRow.misconceptions)
        .where(AttemptRow.score < 1.0, AttemptRow.counted)
        .order_by(AttemptRow.id)
    )
    present = await _present_ids(session, pack_id)
    found = await session.execute(_seen(query, class_id, pack_id, learner_id))
    return [
        Showing(learner, attempt, question, objective, tuple(present.get(b, b) for b in beliefs))
        for learner, attempt, question, objective, beliefs in found
        if beliefs
    ]


async def rights(
    session: AsyncSession, class_id: int, pack_id: str, *, learner_id: int | None = None
) -> Rights:
    """Return the last right answer of each learner to each objective of a pack."""
    query = (
        select(AttemptRow.learner_id, QuestionRow.objective_id, func.max(AttemptRow.id))
        .where(AttemptRow.score == 1.0)
        .group_by(AttemptRow.learner_id, QuestionRow.objective_id)
    )
    found = await session.execute(_seen(query, class_id, pack_id, learner_id))
    return {(learner, objective): id for learner, objective, id in found}


async def sentences(session: AsyncSession, pack_id: str) -> Mapping[str, str]:
    """Return the sentences of a pack's misconceptions, of those too that have an id no more."""
    query = select(MisconceptionRow.id, MisconceptionRow.sentence)
    found = await session.execute(query.where(MisconceptionRow.pack_id == pack_id))
    return {row[0]: row[1] for row in found}


async def _present_ids(session: AsyncSession, pack_id: str) -> Mapping[str, str]:
    columns = MisconceptionRow.id, MisconceptionRow.renamed_to
    query = select(*columns).where(MisconceptionRow.pack_id == pack_id)
    renamed = query.where(MisconceptionRow.renamed_to.is_not(None))
    return {row[0]: row[1] or row[0] for row in await session.execute(renamed)}


def _seen(
    query: Select[*tuple[Any, ...]], class_id: int, pack_id: str, learner_id: int | None
) -> Select[*tuple[Any, ...]]:
    of_pack = [table.pack_id == pack_id for table in (AttemptRow, ASKED, QuestionRow)]
    asked = query.join(ASKED, ASKED.id == AttemptRow.question_id).join(
        QuestionRow, QuestionRow.id == func.coalesce(ASKED.renamed_to, ASKED.id)
    )
    learners = (
        AttemptRow.learner_id.in_(learners_of_class(class_id))
        if learner_id is None
        else AttemptRow.learner_id == learner_id
    )
    return asked.where(and_(*of_pack), learners, seen_by_class(class_id))
