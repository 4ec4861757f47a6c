"""Learners in classes, put there by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert

from quiz.storage.engine import Database
from quiz.storage.school import ClassRow, EnrolmentRow, PersonRow
from tests.storage.made import NOW


def at(hours: int) -> datetime:
    """Return the time so many hours after NOW."""
    return NOW + timedelta(hours=hours)


async def enrol(db: Database, class_id: int, learner: int, since: int, left: int | None) -> None:
    """Put a learner into a class of Ada's that sees hours from `since` on and before `left`."""
    async with db.writing.begin() as session:
        if not await session.get(PersonRow, 1):
            person = {"id": 1, "public_id": "p", "name": "Ada", "name_key": "ada", "recovery": []}
            values = person | {"role": "instructor", "created_at": NOW}
            await session.execute(insert(PersonRow), [values])
        if not await session.get(ClassRow, class_id):
            found = {"id": class_id, "public_id": f"c{class_id}", "owner_id": 1, "name": "Class"}
            values = found | {"code": f"CODE{class_id}", "created_at": NOW}
            await session.execute(insert(ClassRow), [values])
        session.add(
            EnrolmentRow(
                public_id=f"{class_id}-{learner}",
                class_id=class_id,
                learner_id=learner,
                name=f"learner {learner}",
                external_id="",
                shares_certainty=learner == 1,
                created_at=NOW,
                joined_at=at(since),
                since_at=at(since),
                left_at=None if left is None else at(left),
            )
        )
