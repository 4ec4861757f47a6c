"""Whose answers statistics are made of: everybody's, or those that a class may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.storage.classes import learners_of_class, seen_by_class
from quiz.storage.school import EnrolmentRow
from quiz.storage.tables import LearnerRow


@dataclass(frozen=True, slots=True)
class Scope:
    """Some answers: `key` names them for ever, `name` for people.

    `learners` selects whose they are, None for everybody's; `seen` is the condition on attempts;
    `stamp` selects what changes with who is meant, None where only answers change anything.
    """

    key: str
    name: str
    learners: Select[Any] | None = None
    seen: ColumnElement[bool] = field(default_factory=true)
    stamp: Select[*tuple[Any, ...]] | None = None


EVERYBODY = Scope("everybody", "everybody")


def of_class(class_id: int, name: str) -> Scope:
    """Return the answers that a class may see."""
    learner_id = EnrolmentRow.learner_id
    members = select(func.count(learner_id), func.sum(learner_id), func.max(EnrolmentRow.left_at))
    return Scope(
        key=f"class {class_id}",
        name=f"class {name}",
        learners=learners_of_class(class_id),
        seen=seen_by_class(class_id),
        stamp=members.where(EnrolmentRow.class_id == class_id),
    )


async def stamp_of(session: AsyncSession, scope: Scope) -> str:
    """Return a text that changes with whoever is in the scope."""
    if scope.stamp is None:
        return ""
    return " ".join(map(str, (await session.execute(scope.stamp)).one()))


async def learners_after(
    session: AsyncSession, scope: Scope, after: int, *, limit: int
) -> Sequence[int]:
    """Return at most `limit` ids of learners above `after`, in order."""
    query = select(LearnerRow.id).where(LearnerRow.id > after)
    if scope.learners is not None:
        query = query.where(LearnerRow.id.in_(scope.learners))
    return (await session.scalars(query.order_by(LearnerRow.id).limit(limit))).all()
