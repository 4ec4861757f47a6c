"""The beliefs that some learners have shown, and what they got right: a few learners at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, Text, and_, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from quiz.core.attempts import IMPORTED
from quiz.core.beliefs import Rights, Showing
from quiz.storage.classes import is_seen
from quiz.storage.extent import Extent
from quiz.storage.published import MisconceptionRow, QuestionRow
from quiz.storage.renames import present_ids
from quiz.storage.school import EnrolmentRow
from quiz.storage.tables import AttemptRow

ASKED = aliased(QuestionRow)
"""The question as it was called when it was answered."""


async def showings_of(
    session: AsyncSession, extent: Extent, pack_id: str, learner_ids: Sequence[int]
) -> Sequence[Showing]:
    """Return the answers of learners in a pack that showed a belief, under present ids."""
    query = (
        select(AttemptRow.learner_id, AttemptRow.id, QuestionRow.id, QuestionRow.objective_id)
        .add_columns(AttemptRow.misconceptions)
        .where(AttemptRow.score < 1.0, AttemptRow.counted)
        .where(cast(AttemptRow.misconceptions, Text) != "[]")
    )
    present = await present_beliefs(session, pack_id)
    found = await session.execute(_of(query, extent, pack_id, learner_ids))
    return [
        Showing(learner, attempt, question, objective, tuple(present.get(b, b) for b in beliefs))
        for learner, attempt, question, objective, beliefs in found
    ]


async def rights_of(
    session: AsyncSession, extent: Extent, pack_id: str, learner_ids: Sequence[int]
) -> Rights:
    """Return the last right answer of learners to each objective of a pack."""
    query = (
        select(AttemptRow.learner_id, QuestionRow.objective_id, func.max(AttemptRow.id))
        .where(AttemptRow.score == 1.0)
        .group_by(AttemptRow.learner_id, QuestionRow.objective_id)
    )
    found = await session.execute(_of(query, extent, pack_id, learner_ids))
    return {(learner, objective): id for learner, objective, id in found}


async def sentences(session: AsyncSession, pack_id: str) -> Mapping[str, str]:
    """Return the sentences of a pack's misconceptions, of those too that have an id no more."""
    query = select(MisconceptionRow.id, MisconceptionRow.sentence)
    found = await session.execute(query.where(MisconceptionRow.pack_id == pack_id))
    return {row[0]: row[1] for row in found}


async def present_beliefs(session: AsyncSession, pack_id: str) -> Mapping[str, str]:
    """Return the present id of each misconception by every id that it had."""
    found = await present_ids(session, MisconceptionRow, pack_id)
    return {known_as: present for (_, known_as), present in found.items()}


def _of(
    query: Select[*tuple[Any, ...]], extent: Extent, pack_id: str, learner_ids: Sequence[int]
) -> Select[*tuple[Any, ...]]:
    of_pack = [table.pack_id == pack_id for table in (AttemptRow, ASKED, QuestionRow)]
    query = (
        query.join(ASKED, ASKED.id == AttemptRow.question_id)
        .join(QuestionRow, QuestionRow.id == func.coalesce(ASKED.renamed_to, ASKED.id))
        .where(and_(*of_pack), AttemptRow.learner_id.in_(learner_ids))
        .where(AttemptRow.mode != IMPORTED)
    )
    if extent.class_id is None:
        return query
    return query.join(EnrolmentRow, and_(EnrolmentRow.class_id == extent.class_id, is_seen()))
