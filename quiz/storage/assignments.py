"""Work of classes, and how far its learners are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, ScalarSelect, Subquery, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from quiz.core.assignments import Plan, Status, Work
from quiz.storage.classes import is_seen
from quiz.storage.classroom import first_tries
from quiz.storage.enrolments import line_from
from quiz.storage.published import QuestionRow, TopicRow
from quiz.storage.school import AssignmentRow, ClassRow, EnrolmentRow
from quiz.storage.tables import AttemptRow

PRESENT = func.coalesce(TopicRow.renamed_to, TopicRow.id)
"""What a topic is called now."""


def plan_from(row: AssignmentRow) -> Plan:
    """Return what a row plans."""
    return Plan(row.title, row.pack_id, tuple(row.topic_ids), row.opens_at, row.due_at)


def put_plan(row: AssignmentRow, plan: Plan) -> None:
    """Let a row plan something else."""
    row.title, row.pack_id, row.topic_ids = plan.title, plan.pack_id, list(plan.topic_ids)
    row.opens_at, row.due_at = plan.opens_at, plan.due_at


async def assignments_of(session: AsyncSession, class_id: int) -> Sequence[AssignmentRow]:
    """Return the work of a class, what is due first at the top, then what has no limit."""
    query = (
        select(AssignmentRow)
        .where(AssignmentRow.class_id == class_id)
        .order_by(AssignmentRow.due_at.is_(None), AssignmentRow.due_at, AssignmentRow.id)
    )
    return (await session.scalars(query)).all()


async def assignment_of(
    session: AsyncSession, class_id: int, public_id: str
) -> AssignmentRow | None:
    """Return a piece of work of a class, None where it has no such."""
    query = select(AssignmentRow).where(
        AssignmentRow.class_id == class_id, AssignmentRow.public_id == public_id
    )
    return (await session.scalars(query)).one_or_none()


async def statuses(session: AsyncSession, row: AssignmentRow) -> tuple[Status, ...]:
    """Return how far each line of the class is with its work, in one query."""
    done = _done(row)
    query = (
        select(EnrolmentRow, _questions(row), done.c.answered, done.c.right)
        .add_columns(done.c.late, done.c.last_at)
        .outerjoin(done, done.c.learner_id == EnrolmentRow.learner_id)
        .where(EnrolmentRow.class_id == row.class_id)
        .order_by(EnrolmentRow.id)
    )
    return tuple(
        Status(line_from(line), questions, answered or 0, int(right or 0), int(late or 0), last_at)
        for line, questions, answered, right, late, last_at in await session.execute(query)
    )


async def work_of(
    session: AsyncSession, learner_id: int, public_id: str, *, now: datetime
) -> AssignmentRow | None:
    """Return work that is open to a learner now; None for any other."""
    query = (
        select(AssignmentRow)
        .join(ClassRow, ClassRow.id == AssignmentRow.class_id)
        .join(EnrolmentRow, EnrolmentRow.class_id == ClassRow.id)
        .where(AssignmentRow.public_id == public_id, _is_open(learner_id, now))
    )
    return (await session.scalars(query)).one_or_none()


async def tried_questions(session: AsyncSession, row: AssignmentRow, learner_id: int) -> set[str]:
    """Return the present ids of questions of the pack that the class saw a learner try."""
    first = first_tries(row.class_id, row.pack_id, learner_id=learner_id).subquery()
    return set(await session.scalars(select(first.c.question_id)))


async def topics_in(session: AsyncSession, pack_id: str, topic_ids: Sequence[str]) -> set[str]:
    """Return the present ids of topics that are named by any id they had."""
    query = select(PRESENT).where(TopicRow.pack_id == pack_id, TopicRow.id.in_(topic_ids))
    return set(await session.scalars(query))


async def open_work(session: AsyncSession, learner_id: int, *, now: datetime) -> tuple[Work, ...]:
    """Return all work that is open to a learner, what is due first at the top, in one query."""
    tried = _tried(learner_id)
    of_topic = and_(
        QuestionRow.pack_id == TopicRow.pack_id,
        QuestionRow.topic_id == PRESENT,
        QuestionRow.retired_at.is_(None),
    )
    of_question = and_(
        tried.c.class_id == AssignmentRow.class_id,
        tried.c.pack_id == QuestionRow.pack_id,
        tried.c.question_id == QuestionRow.id,
    )
    query = (
        select(AssignmentRow, ClassRow.name, TopicRow.id, PRESENT)
        .add_columns(func.count(QuestionRow.id), func.count(tried.c.question_id))
        .join(ClassRow, ClassRow.id == AssignmentRow.class_id)
        .join(EnrolmentRow, EnrolmentRow.class_id == ClassRow.id)
        .join(TopicRow, TopicRow.pack_id == AssignmentRow.pack_id)
        .join(QuestionRow, of_topic)
        .outerjoin(tried, of_question)
        .where(_is_open(learner_id, now))
        .group_by(AssignmentRow.id, ClassRow.id, TopicRow.pack_id, TopicRow.id)
        .order_by(AssignmentRow.due_at.is_(None), AssignmentRow.due_at, AssignmentRow.id)
    )
    return _summed((await session.execute(query)).all())


def _summed(rows: Sequence[Row[AssignmentRow, str, str, str, int, int]]) -> tuple[Work, ...]:
    """Add up the topics that each piece of work asks, a topic of several names once."""
    found: dict[int, Work] = {}
    counted: set[tuple[int, str]] = set()
    for row, class_name, topic_id, present, questions, answered in rows:
        asked = topic_id in row.topic_ids if row.topic_ids else topic_id == present
        if not asked or (row.id, present) in counted:
            continue
        counted.add((row.id, present))
        so_far = found.get(row.id) or Work(row.public_id, row.title, class_name, 0, 0, row.due_at)
        found[row.id] = Work(
            row.public_id,
            row.title,
            class_name,
            so_far.questions + questions,
            so_far.answered + answered,
            row.due_at,
        )
    return tuple(found.values())


def _is_open(learner_id: int, now: datetime) -> ColumnElement[bool]:
    return and_(
        EnrolmentRow.learner_id == learner_id,
        EnrolmentRow.left_at.is_(None),
        ClassRow.archived_at.is_(None),
        or_(AssignmentRow.opens_at.is_(None), AssignmentRow.opens_at <= now),
    )


def _tried(learner_id: int) -> Subquery:
    """Select the questions that a learner tried where a class may see it, by class and pack."""
    asked = aliased(QuestionRow)
    question_id = func.coalesce(asked.renamed_to, asked.id).label("question_id")
    return (
        select(EnrolmentRow.class_id, AttemptRow.pack_id, question_id)
        .join_from(AttemptRow, EnrolmentRow, is_seen())
        .join(asked, and_(asked.pack_id == AttemptRow.pack_id, asked.id == AttemptRow.question_id))
        .where(AttemptRow.learner_id == learner_id)
        .distinct()
        .subquery()
    )


def _in_scope(row: AssignmentRow) -> ColumnElement[bool]:
    """Return the condition on a question that it is asked now, and by this work."""
    living = and_(QuestionRow.pack_id == row.pack_id, QuestionRow.retired_at.is_(None))
    if not row.topic_ids:
        return living
    topics = select(PRESENT).where(TopicRow.pack_id == row.pack_id, TopicRow.id.in_(row.topic_ids))
    return and_(living, QuestionRow.topic_id.in_(topics))


def _questions(row: AssignmentRow) -> ScalarSelect[int]:
    return select(func.count()).select_from(QuestionRow).where(_in_scope(row)).scalar_subquery()


def _done(row: AssignmentRow) -> Subquery:
    """Select what each learner of the class has done of its work."""
    first = first_tries(row.class_id, row.pack_id).subquery()
    late = AttemptRow.answered_at > row.due_at if row.due_at else AttemptRow.id < 0
    right = and_(AttemptRow.counted, AttemptRow.score == 1.0)
    return (
        select(
            first.c.learner_id,
            func.count().label("answered"),
            func.sum(case((right, 1), else_=0)).label("right"),
            func.sum(case((late, 1), else_=0)).label("late"),
            func.max(AttemptRow.answered_at).label("last_at"),
        )
        .join(AttemptRow, AttemptRow.id == first.c.id)
        .join(QuestionRow, QuestionRow.id == first.c.question_id)
        .where(_in_scope(row))
        .group_by(first.c.learner_id)
        .subquery()
    )
