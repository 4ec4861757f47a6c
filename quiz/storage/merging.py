"""Two learners who turn out to be one person: all rows of the one go to the other.

The log only changes hands: an attempt stays as it was given. What is derived is made anew. The row
of the learner who is gone goes last, so that an answer on its way to it is refused, not lost: who
gave it sends it again, and it finds the one who is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, and_, delete, false, func, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.attempts import IMPORTED
from quiz.core.windows import Window
from quiz.storage.base import Base
from quiz.storage.dialect import hold_rows
from quiz.storage.rebuild import rebuild_learner
from quiz.storage.school import EnrolmentRow, ReportRow
from quiz.storage.tables import (
    AttemptRow,
    DeviceCodeRow,
    LearnerRow,
    LearnerTokenRow,
    MemoryRow,
    RoundRow,
    TopicProgressRow,
)

HANDED_OVER: Sequence[type[Base]] = (RoundRow, AttemptRow, ReportRow)
"""Tables whose rows only get another owner."""
DEVICES: Sequence[type[Base]] = (LearnerTokenRow,)
"""What a browser is known by."""
MADE_ANEW: Sequence[type[Base]] = (MemoryRow, TopicProgressRow)
"""Tables that follow from the log."""
DROPPED: Sequence[type[Base]] = (DeviceCodeRow,)
"""Tables whose rows mean nothing any more."""


async def merge_learners(session: AsyncSession, keep: int, gone: int, *, devices: bool) -> None:
    """Give all that is of `gone` to `keep`.

    With `devices` the browsers of both go on as the one learner; without, those of `gone` are
    forgotten and begin afresh. Where both are in a class the line of `keep` stays, and shows what
    either showed and what lies between.
    """
    await hold_rows(session, LearnerRow, {keep, gone})
    await _merge_enrolments(session, keep, gone)
    for table in (*HANDED_OVER, *(DEVICES if devices else ())):
        owner = table.__table__.c.learner_id
        await session.execute(update(table).where(owner == gone).values(learner_id=keep))
    for table in (*MADE_ANEW, *DROPPED, *(() if devices else DEVICES)):
        await session.execute(delete(table).where(table.__table__.c.learner_id == gone))
    await session.execute(delete(LearnerRow).where(LearnerRow.id == gone))
    await rebuild_learner(session, keep)


async def newly_seen(session: AsyncSession, keep: int, gone: int) -> int:
    """Return how many answers some class would see after a merge that no class sees now."""
    rows = await _enrolments(session, (keep, gone))
    before: dict[int, list[Window]] = {keep: [], gone: []}
    after: dict[int, Window] = {}
    for row in rows:
        if row.learner_id is None or row.since_at is None:
            continue
        window = Window(row.since_at, row.left_at)
        before[row.learner_id].append(window)
        known = after.get(row.class_id)
        after[row.class_id] = known.around(window) if known else window
    revealed = [
        and_(
            AttemptRow.learner_id == learner_id,
            _within(list(after.values())),
            not_(_within(windows)),
        )
        for learner_id, windows in before.items()
    ]
    given_here = AttemptRow.mode != IMPORTED
    query = select(func.count()).select_from(AttemptRow).where(or_(*revealed), given_here)
    return await session.scalar(query) or 0


async def answers_of(session: AsyncSession, *learner_ids: int) -> Mapping[int, int]:
    """Return how many answers each learner gave."""
    query = (
        select(AttemptRow.learner_id, func.count())
        .where(AttemptRow.learner_id.in_(learner_ids))
        .group_by(AttemptRow.learner_id)
    )
    found = {row[0]: row[1] for row in await session.execute(query)}
    return {learner_id: found.get(learner_id, 0) for learner_id in learner_ids}


def absorb(line: EnrolmentRow, other: EnrolmentRow) -> None:
    """Let a line of a class stand for another of it, too; both are of learners, or of one."""
    line.external_id = line.external_id or other.external_id
    if other.since_at is None or other.joined_at is None:
        return  # nobody came for it, so it shows nothing
    own = Window(line.since_at or other.since_at, line.left_at)
    whole = own.around(Window(other.since_at, other.left_at))
    line.since_at, line.left_at = whole.since, whole.until
    line.joined_at = min(line.joined_at or other.joined_at, other.joined_at)
    line.shares_certainty = line.shares_certainty and other.shares_certainty


async def _merge_enrolments(session: AsyncSession, keep: int, gone: int) -> None:
    rows = await _enrolments(session, (keep, gone))
    kept = {row.class_id: row for row in rows if row.learner_id == keep}
    for row in [row for row in rows if row.learner_id == gone]:
        line = kept.get(row.class_id)
        if line is None:
            row.learner_id = keep
        else:
            absorb(line, row)
            await session.delete(row)
    await session.flush()


async def _enrolments(session: AsyncSession, learners: Sequence[int]) -> Sequence[EnrolmentRow]:
    query = select(EnrolmentRow).where(EnrolmentRow.learner_id.in_(learners))
    return (await session.scalars(query.order_by(EnrolmentRow.id))).all()


def _within(windows: Sequence[Window]) -> ColumnElement[bool]:
    at = AttemptRow.answered_at
    inside = [
        at >= window.since if window.until is None else and_(at >= window.since, at < window.until)
        for window in windows
    ]
    return or_(false(), *inside)
