"""The log of attempts, read through for exports: in short pages, with an end fixed at the start.

What learners brought in from files is passed over: it was not given here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from quiz.core.attempts import IMPORTED
from quiz.core.tried import Tried
from quiz.storage.base import UTCDateTime
from quiz.storage.classes import is_seen, seen_by_class
from quiz.storage.extent import EVERYTHING, Extent
from quiz.storage.published import QuestionRow
from quiz.storage.school import EnrolmentRow
from quiz.storage.tables import AttemptRow, LearnerRow, RoundRow

Place = tuple[datetime, int]
"""Where an attempt stands in the log: its time and its id."""

Page = Callable[[], Sequence[Tried]]
"""Makes attempts of rows that were read: work that a thread can do, before the session ends."""

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
"""Before all answers."""

OF_ATTEMPT = (
    "id",
    "pack_id",
    "topic_id",
    "objective_id",
    "question_id",
    "v",
    "rev",
    "mode",
    "position",
    "score",
    "correct",
    "counted",
    "hints",
    "shown_at",
    "answered_at",
)
OF_QUESTION = ("level", "points", "shuffle", "commentary_hash")


async def last_id(session: AsyncSession) -> int:
    """Return the id of the latest attempt, 0 without any: where an export that starts now ends."""
    return await session.scalar(select(func.max(AttemptRow.id))) or 0


async def count_until(session: AsyncSession, last: int) -> int:
    """Return how many attempts that were given here have an id of at most `last`."""
    query = select(func.count()).where(AttemptRow.id <= last, AttemptRow.mode != IMPORTED)
    return await session.scalar(query) or 0


async def page_after(
    session: AsyncSession,
    after: Place | None,
    *,
    last: int,
    limit: int,
    extent: Extent = EVERYTHING,
) -> Page:
    """Return at most `limit` attempts behind a place in the log, in the order of answers."""
    if after is None:
        after = extent.since or BEGINNING, 0
    query = _page(Extent(extent.class_id, sparse=extent.sparse))
    asked = {"at": after[0], "id": after[1], "last": last, "limit": limit}
    # Not of the session, which would make all rows here, in the way of answers.
    rows = await (await session.connection()).execute(query, asked)
    return lambda: [Tried._make(row) for row in rows]


@lru_cache(32)  # to build it takes as long as to run it
def _page(extent: Extent) -> Select[Any]:
    query = _entries(extent).order_by(AttemptRow.answered_at, AttemptRow.id)
    if extent.class_id is None:
        return _behind(query).where(AttemptRow.mode != IMPORTED)
    # The class's attempts come first, few at a time, and then what stands beside them.
    seen: Select[Any] = select(AttemptRow.id)
    if extent.sparse:
        seen = seen.join(EnrolmentRow, _by_which(extent))
    else:
        seen = seen.where(seen_by_class(extent.class_id))
    keys = _behind(seen.order_by(AttemptRow.answered_at, AttemptRow.id)).subquery()
    return query.join(keys, keys.c.id == AttemptRow.id)


def _behind(query: Select[Any]) -> Select[Any]:
    """Keep `limit` attempts behind a place (`at`, `id`), up to the one called `last`."""
    place = bindparam("at", type_=UTCDateTime()), bindparam("id", type_=Integer())
    return (
        query.where(tuple_(AttemptRow.answered_at, AttemptRow.id) > tuple_(*place))
        .where(AttemptRow.id <= bindparam("last", type_=Integer()))
        .limit(bindparam("limit", type_=Integer()))
    )


def _by_which(extent: Extent) -> ColumnElement[bool]:
    return and_(EnrolmentRow.class_id == extent.class_id, is_seen())


def _entries(extent: Extent) -> Select[Any]:
    by_name = _columns(extent) | {"try_no": try_no(extent)}
    query = (
        select(*(by_name[name] for name in Tried._fields))
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
    )
    if extent.class_id is None:
        return query
    # Outer, though there always is one: SQLite would else begin with all enrolments of the class.
    return query.outerjoin(EnrolmentRow, _by_which(extent))


def _columns(extent: Extent) -> dict[str, ColumnElement[Any]]:
    """Return all columns but `try_no` by the names of `Tried`. JSON is left as it is stored."""
    everybody = extent.class_id is None
    return {
        **{name: getattr(AttemptRow, name) for name in OF_ATTEMPT},
        **{name: getattr(QuestionRow, name) for name in OF_QUESTION},
        "round_id": RoundRow.public_id,
        "secret": RoundRow.secret,
        "learner_id": LearnerRow.public_id,
        "learner_name": LearnerRow.name if everybody else EnrolmentRow.name,
        "external_id": literal("") if everybody else EnrolmentRow.external_id,
        "response": cast(AttemptRow.response, Text),
        "misconceptions": cast(AttemptRow.misconceptions, Text),
        "tags": cast(QuestionRow.tags, Text),
    }


def try_no(extent: Extent) -> ColumnElement[int]:
    """Return which try at its question an attempt is, of those that count in the extent, from 1.

    It stands beside the attempt's question, and in a class beside the enrolment.
    """
    former = aliased(QuestionRow)
    present_id = func.coalesce(QuestionRow.renamed_to, QuestionRow.id)
    former_ids = (
        select(former.id)
        .where(former.pack_id == AttemptRow.pack_id, former.renamed_to == present_id)
        .correlate(AttemptRow, QuestionRow)
    )
    # Two sums, as each finds its rows in an index, and an OR of both would not.
    return _tries(extent, lambda asked: asked == present_id) + _tries(
        extent, lambda asked: asked.in_(former_ids)
    )


def _tries(
    extent: Extent, matches: Callable[[InstrumentedAttribute[str]], ColumnElement[bool]]
) -> ScalarSelect[int]:
    """Count the learner's attempts up to this one at questions whose id matches."""
    earlier = aliased(AttemptRow)
    query = (
        select(func.count())
        .where(earlier.learner_id == AttemptRow.learner_id, earlier.id <= AttemptRow.id)
        .where(earlier.pack_id == AttemptRow.pack_id, matches(earlier.question_id))
        .where(earlier.mode != IMPORTED)
    )
    if extent.class_id is not None:
        query = query.where(earlier.answered_at >= EnrolmentRow.since_at)
    return query.correlate(AttemptRow, QuestionRow, EnrolmentRow).scalar_subquery()
