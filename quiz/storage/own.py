"""All that is kept of one learner, read through in short pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from quiz.core.own import Holdings
from quiz.storage.base import Base
from quiz.storage.published import ObjectiveRow, QuestionRow, TopicRow
from quiz.storage.school import ClassRow, EnrolmentRow, PersonRow, ReportRow
from quiz.storage.tables import (
    AttemptRow,
    LearnerRow,
    LearnerTokenRow,
    MemoryRow,
    RoundCardRow,
    RoundRow,
)

Records = Select[*tuple[Any, ...]]

OWN_QUESTION = aliased(QuestionRow)
"""The question that is its own objective, where an attempt names no other."""


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of things a learner has: what a record of it says, and what brings it in order.

    `records` selects those of a learner, each column under the name it has in a record.
    """

    records: Callable[[int], Records]
    order: Sequence[InstrumentedAttribute[Any]]


async def records_after(
    session: AsyncSession, section: Section, learner_id: int, after: Sequence[Any], *, limit: int
) -> tuple[Sequence[Mapping[str, Any]], Sequence[Any]]:
    """Return at most `limit` records behind a place, and the place of the last.

    The first place is empty, and so is the one behind the last record.
    """
    query = section.records(learner_id).add_columns(*section.order).order_by(*section.order)
    if after:
        query = query.where(tuple_(*section.order) > tuple(after))
    found = await session.execute(query.limit(limit))
    names, rows = list(found.keys())[: -len(section.order)], found.all()
    place = rows[-1][len(names) :] if rows else ()
    return [dict(zip(names, row, strict=False)) for row in rows], place


async def learner_of(session: AsyncSession, learner_id: int) -> LearnerRow | None:
    """Return a learner, None where there is none."""
    return await session.get(LearnerRow, learner_id)


async def holdings(session: AsyncSession, learner_id: int) -> Holdings:
    """Return how much is kept of a learner."""
    tables = (AttemptRow, RoundRow, ReportRow, EnrolmentRow, LearnerTokenRow)
    counts = (_count(table, learner_id) for table in tables)
    return Holdings(*(await session.execute(select(*counts))).one())


def _count(table: type[Base], learner_id: int) -> Any:
    owner = table.__table__.c.learner_id
    return select(func.count()).where(owner == learner_id).scalar_subquery()


def _rounds(learner_id: int) -> Records:
    return (
        select(
            func.coalesce(RoundRow.origin, RoundRow.public_id).label("id"),
            RoundRow.pack_id.label("pack"),
            func.coalesce(TopicRow.renamed_to, RoundRow.topic_id).label("topic"),
            RoundRow.mode,
            RoundRow.size,
            RoundRow.started_at,
            RoundRow.finished_at,
        )
        .outerjoin(TopicRow, _same(TopicRow, RoundRow, RoundRow.topic_id))
        .where(RoundRow.learner_id == learner_id)
    )


def _cards(learner_id: int) -> Records:
    return (
        select(
            RoundRow.public_id.label("round"),
            RoundCardRow.position,
            func.coalesce(QuestionRow.renamed_to, RoundCardRow.question_id).label("question"),
            RoundCardRow.v,
            RoundCardRow.rev,
            RoundCardRow.shown_at,
            RoundCardRow.hints,
            RoundCardRow.draft,
            RoundCardRow.revealed_at,
        )
        .join(RoundRow, RoundRow.id == RoundCardRow.round_id)
        .outerjoin(QuestionRow, _same(QuestionRow, RoundCardRow, RoundCardRow.question_id))
        .where(RoundRow.learner_id == learner_id)
    )


def _attempts(learner_id: int) -> Records:
    """Select attempts under present ids: where they go, nobody may know the former ones."""
    objective_id = func.coalesce(
        ObjectiveRow.renamed_to, ObjectiveRow.id, OWN_QUESTION.renamed_to, AttemptRow.objective_id
    )
    return (
        select(
            func.coalesce(RoundRow.origin, RoundRow.public_id).label("round"),
            AttemptRow.position,
            func.coalesce(TopicRow.renamed_to, AttemptRow.topic_id).label("topic"),
            objective_id.label("objective"),
            func.coalesce(QuestionRow.renamed_to, AttemptRow.question_id).label("question"),
            AttemptRow.v,
            AttemptRow.rev,
            AttemptRow.response,
            AttemptRow.score,
            AttemptRow.correct,
            AttemptRow.counted,
            AttemptRow.misconceptions,
            AttemptRow.hints,
            AttemptRow.certainty,
            AttemptRow.shown_at,
            AttemptRow.answered_at,
        )
        .join(RoundRow, RoundRow.id == AttemptRow.round_id)
        .outerjoin(TopicRow, _same(TopicRow, AttemptRow, AttemptRow.topic_id))
        .outerjoin(ObjectiveRow, _same(ObjectiveRow, AttemptRow, AttemptRow.objective_id))
        .outerjoin(OWN_QUESTION, _same(OWN_QUESTION, AttemptRow, AttemptRow.objective_id))
        .outerjoin(QuestionRow, _same(QuestionRow, AttemptRow, AttemptRow.question_id))
        .where(AttemptRow.learner_id == learner_id)
    )


def _memories(learner_id: int) -> Records:
    return select(
        MemoryRow.pack_id.label("pack"),
        MemoryRow.objective_id.label("objective"),
        MemoryRow.stability_days,
        MemoryRow.difficulty,
        MemoryRow.reviewed_at,
        MemoryRow.due_at,
    ).where(MemoryRow.learner_id == learner_id)


def _reports(learner_id: int) -> Records:
    return select(
        ReportRow.pack_id.label("pack"),
        ReportRow.question_id.label("question"),
        ReportRow.v,
        ReportRow.rev,
        ReportRow.answered,
        ReportRow.text,
        ReportRow.created_at,
        ReportRow.outcome,
        ReportRow.closed_at,
    ).where(ReportRow.learner_id == learner_id)


def _memberships(learner_id: int) -> Records:
    return (
        select(
            ClassRow.name.label("class"),
            PersonRow.name.label("instructor"),
            EnrolmentRow.name,
            EnrolmentRow.external_id,
            EnrolmentRow.shares_certainty,
            EnrolmentRow.joined_at,
            EnrolmentRow.since_at,
            EnrolmentRow.left_at,
        )
        .join(ClassRow, ClassRow.id == EnrolmentRow.class_id)
        .join(PersonRow, PersonRow.id == ClassRow.owner_id)
        .where(EnrolmentRow.learner_id == learner_id)
    )


def _same(published: Any, row: type[Base], known_as: InstrumentedAttribute[Any]) -> Any:
    """Return the condition that a published thing is the one that a row names."""
    return and_(published.pack_id == row.__table__.c.pack_id, published.id == known_as)


SECTIONS: Mapping[str, Section] = {
    "attempts": Section(_attempts, [AttemptRow.id]),
    "cards": Section(_cards, [RoundCardRow.round_id, RoundCardRow.position]),
    "rounds": Section(_rounds, [RoundRow.id]),
    "memories": Section(_memories, [MemoryRow.pack_id, MemoryRow.objective_id]),
    "reports": Section(_reports, [ReportRow.id]),
    "memberships": Section(_memberships, [EnrolmentRow.id]),
}
"""What a learner has. Rounds come behind what is in them, so that one which begins now is there."""
