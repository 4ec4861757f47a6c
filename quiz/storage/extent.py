"""How much of the log is taken out: what a class may see, or all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import sqrt

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.storage.classes import learners_of_class
from quiz.storage.school import EnrolmentRow
from quiz.storage.tables import AttemptRow, TopicProgressRow


@dataclass(frozen=True, slots=True)
class Extent:
    """What a class may see, or everything: then `class_id` is None.

    `since` is when the first answer that the class may see can have been given, None for any time;
    `answers` says about how many there are, and `sparse` that they are few among all.
    """

    class_id: int | None = None
    class_name: str = ""
    since: datetime | None = None
    answers: int = 0
    sparse: bool = False


EVERYTHING = Extent()


async def extent_of_class(session: AsyncSession, class_id: int, name: str) -> Extent:
    """Return what a class may see, as it is now."""
    since = await session.scalar(
        select(func.min(EnrolmentRow.since_at)).where(EnrolmentRow.class_id == class_id)
    )
    counted = select(func.sum(TopicProgressRow.answered)).where(
        TopicProgressRow.learner_id.in_(learners_of_class(class_id))
    )
    answers = int(await session.scalar(counted) or 0)
    log = await session.scalar(select(func.max(AttemptRow.id))) or 0
    # Each page of a sparse class sorts all that is left of it; of another it passes over what is
    # not the class's. So all pages together cost about answers² / 2 000 or the log's length.
    return Extent(class_id, name, since, answers, sparse=answers < sqrt(2000 * log))
