"""A class at a look: who is active, and who knows what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.base import ExecutableOption as ORMOption

from quiz.core.classroom import Cell, Column, Heat, Overview, Pupil, arranged
from quiz.core.errors import NotFoundError
from quiz.core.people import Person
from quiz.storage import catalog, classroom
from quiz.storage.classes import class_of
from quiz.storage.engine import Database
from quiz.storage.enrolments import roster_of
from quiz.storage.published import QuestionRow
from quiz.storage.school import ClassRow, EnrolmentRow


async def own_class(
    session: AsyncSession, person: Person, public_id: str, *options: ORMOption
) -> ClassRow:
    """Return a class of this person. Raises NotFoundError, for another's as for none."""
    found = await class_of(session, person.id, public_id, *options)
    if found is None:
        raise NotFoundError("There is no such class among yours.")
    return found


async def overview(
    db: Database,
    person: Person,
    public_id: str,
    *,
    pack_id: str,
    sort: str,
    find: str,
    now: datetime,
) -> Overview:
    """Return a class with its heat table of a pack, the first where there is no such pack.

    Raises NotFoundError.
    """
    async with db.reading() as session:
        found = await own_class(session, person, public_id)
        packs, chosen = await choice_of_pack(session, pack_id)
        columns = await _columns(session, chosen)
        everybody = await pupils(session, found.id, chosen)
    return Overview(
        class_id=found.public_id,
        class_name=found.name,
        packs=packs,
        pack_id=chosen,
        heat=Heat(columns, arranged(everybody, sort, find)),
        size=sum(pupil.joined and not pupil.left for pupil in everybody),
        today=_active(everybody, now - timedelta(days=1)),
        week=_active(everybody, now - timedelta(days=7)),
        sort=sort,
        find=find,
    )


async def choice_of_pack(
    session: AsyncSession, wanted: str
) -> tuple[Sequence[tuple[str, str]], str]:
    """Return ids and titles of all packs, and the one wanted, else the first; "" without any."""
    packs = [(pack.id, pack.title) for pack in await catalog.packs(session)]
    known = dict(packs)
    return packs, wanted if wanted in known else next(iter(known), "")


async def pupils(
    session: AsyncSession, class_id: int, pack_id: str, *, learner_id: int | None = None
) -> list[Pupil]:
    """Return all learners of a class, with the first tries in a pack of all, or of one of them."""
    cells: dict[int, dict[str, Cell]] = defaultdict(dict)
    marks = await classroom.marks(
        session, class_id, pack_id, QuestionRow.topic_id, learner_id=learner_id
    )
    for learner_id, topic_id, tried, right in marks:
        cells[learner_id][topic_id] = Cell(tried, int(right))
    activity = await classroom.activity(session, class_id)
    return [_pupil(row, activity, cells) for row in await roster_of(session, class_id)]


def _pupil(
    row: EnrolmentRow,
    activity: Mapping[int, tuple[int, datetime]],
    cells: Mapping[int, Mapping[str, Cell]],
) -> Pupil:
    learner = row.learner_id or 0
    answers, last_at = activity.get(learner, (0, None))
    return Pupil(
        id=row.public_id,
        name=row.name,
        external_id=row.external_id,
        joined=row.joined_at is not None,
        left=row.left_at is not None,
        answers=answers,
        last_at=last_at,
        cells=cells.get(learner, {}),
    )


async def _columns(session: AsyncSession, pack_id: str) -> tuple[Column, ...]:
    topics = await catalog.topics(session, pack_id)
    return tuple(Column(topic.id, topic.title, questions) for topic, questions in topics)


def _active(everybody: list[Pupil], since: datetime) -> int:
    return sum(pupil.last_at is not None and pupil.last_at >= since for pupil in everybody)
