"""The roster of a class: who is in it, who was, and who is awaited."""

from __future__ import annotations

from dataclasses import dataclass

from quiz.core.classes import Line
from quiz.core.people import Person
from quiz.storage import enrolments
from quiz.storage.engine import Database
from quiz.teaching.classroom import own_class


@dataclass(frozen=True, slots=True)
class RosterPage:
    """All lines of a class in the order of names."""

    id: str
    name: str
    lines: tuple[Line, ...]


async def roster_page(db: Database, person: Person, class_id: str) -> RosterPage:
    """Return the roster of a class. Raises NotFoundError."""
    async with db.reading() as session:
        found = await own_class(session, person, class_id)
        rows = await enrolments.roster_of(session, found.id)
    lines = sorted(map(enrolments.line_from, rows), key=lambda line: line.name.casefold())
    return RosterPage(found.public_id, found.name, tuple(lines))
