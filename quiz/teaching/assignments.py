"""Work for a class: given, changed, taken back, and how far everybody is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.assignments import Assignment, Plan, Status
from quiz.core.errors import FormError, NotFoundError
from quiz.core.people import Person
from quiz.storage import assignments, catalog
from quiz.storage.engine import Database
from quiz.storage.school import AssignmentRow, ClassRow
from quiz.teaching.classes import Chance
from quiz.teaching.classroom import choice_of_pack, own_class

Choices = Sequence[tuple[str, str]]
"""Ids and titles."""


@dataclass(frozen=True, slots=True)
class WorkList:
    """All work of a class."""

    class_id: str
    class_name: str
    assignments: tuple[Assignment, ...]
    done: Mapping[str, tuple[int, int]]
    """How many are through with it, of how many who are in the class, by its id."""


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A piece of work, and how far each learner is who is in the class or was, by name."""

    class_id: str
    class_name: str
    assignment: Assignment
    statuses: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class WorkForm:
    """What work can be made of: `pack_id` is the pack chosen, `topics` are those of it.

    `assignment` is None for new work.
    """

    class_id: str
    class_name: str
    assignment: Assignment | None
    packs: Choices
    pack_id: str
    topics: Choices


async def work_list(db: Database, person: Person, class_id: str) -> WorkList:
    """Return the work of a class. Raises NotFoundError."""
    async with db.reading() as session:
        found = await own_class(session, person, class_id)
        rows = await assignments.assignments_of(session, found.id)
        listed = [await _assignment(session, row) for row in rows]
        done = {row.public_id: await _done(session, row) for row in rows}
    return WorkList(found.public_id, found.name, tuple(listed), done)


async def work_page(db: Database, person: Person, class_id: str, work_id: str) -> WorkPage:
    """Return a piece of work with everybody's status. Raises NotFoundError."""
    async with db.reading() as session:
        found, row = await own_work(session, person, class_id, work_id)
        statuses = await assignments.statuses(session, row)
        by_name = sorted(statuses, key=lambda each: (each.line.name.casefold(), each.line.id))
        return WorkPage(
            found.public_id, found.name, await _assignment(session, row), tuple(by_name)
        )


async def work_form(
    db: Database, person: Person, class_id: str, work_id: str | None, pack_id: str
) -> WorkForm:
    """Return what new work, or other work, can be made of. Raises NotFoundError.

    `pack_id` is the pack chosen, "" for that of the work, or the first.
    """
    async with db.reading() as session:
        found = await own_class(session, person, class_id)
        row = None
        if work_id is not None:
            _, row = await own_work(session, person, class_id, work_id)
        packs, chosen = await choice_of_pack(session, pack_id or (row.pack_id if row else ""))
        topics = await catalog.topics(session, chosen) if chosen else ()
        return WorkForm(
            class_id=found.public_id,
            class_name=found.name,
            assignment=await _assignment(session, row) if row else None,
            packs=packs,
            pack_id=chosen,
            topics=[(topic.id, topic.title) for topic, _ in topics],
        )


async def create_work(
    db: Database, person: Person, class_id: str, plan: Plan, *, chance: Chance, now: datetime
) -> str:
    """Give a class work and return its public id. Raises NotFoundError and FormError."""
    public_id = chance()[:22]
    async with db.writing.begin() as session:
        found = await own_class(session, person, class_id)
        await _refuse_unknown(session, plan)
        row = AssignmentRow(public_id=public_id, class_id=found.id, created_at=now)
        assignments.put_plan(row, plan)
        session.add(row)
    return public_id


async def change_work(
    db: Database, person: Person, class_id: str, work_id: str, plan: Plan
) -> None:
    """Plan a piece of work anew. Raises NotFoundError and FormError."""
    async with db.writing.begin() as session:
        _, row = await own_work(session, person, class_id, work_id)
        await _refuse_unknown(session, plan)
        assignments.put_plan(row, plan)


async def delete_work(db: Database, person: Person, class_id: str, work_id: str) -> None:
    """Take work back; the answers given stay. Raises NotFoundError."""
    async with db.writing.begin() as session:
        _, row = await own_work(session, person, class_id, work_id)
        await session.delete(row)


async def _done(session: AsyncSession, row: AssignmentRow) -> tuple[int, int]:
    here = [each for each in await assignments.statuses(session, row) if each.line.state == "in"]
    return sum(each.done for each in here), len(here)


async def own_work(
    session: AsyncSession, person: Person, class_id: str, work_id: str
) -> tuple[ClassRow, AssignmentRow]:
    """Return a class of this person and a piece of its work. Raises NotFoundError."""
    found = await own_class(session, person, class_id)
    row = await assignments.assignment_of(session, found.id, work_id)
    if row is None:
        raise NotFoundError("There is no such assignment in this class.")
    return found, row


async def _refuse_unknown(session: AsyncSession, plan: Plan) -> None:
    if await catalog.pack(session, plan.pack_id) is None:
        raise FormError("pack", "Choose one of the packs that are listed.")
    known = {topic.id for topic, _ in await catalog.topics(session, plan.pack_id)}
    if not set(plan.topic_ids) <= known:
        raise FormError("topic", "Choose topics of this pack that are listed.")


async def _assignment(session: AsyncSession, row: AssignmentRow) -> Assignment:
    pack = await catalog.pack(session, row.pack_id)
    present = await assignments.topics_in(session, row.pack_id, row.topic_ids)
    topics = await catalog.topics(session, row.pack_id)
    asked = tuple((topic.id, topic.title) for topic, _ in topics if topic.id in present)
    plan = assignments.plan_from(row)
    return Assignment(row.public_id, plan, pack.title if pack else row.pack_id, asked)
