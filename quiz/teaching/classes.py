"""Classes: made, renamed, put away, and opened to learners by a code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from quiz.core.classes import Class
from quiz.core.codes import JOIN, code_from
from quiz.core.names import LONGEST_TITLE, read_name
from quiz.core.people import Person
from quiz.storage import classes
from quiz.storage.classes import LINES
from quiz.storage.engine import Database
from quiz.storage.enrolments import line_from
from quiz.storage.school import ClassRow
from quiz.teaching.classroom import own_class

Chance = Callable[[], str]
"""Returns a new URL-safe token of 128 bits or more at each call."""


async def list_classes(db: Database, person: Person | None = None) -> tuple[tuple[Class, str], ...]:
    """Return the classes of an instructor or of all with their instructors' names, newest first."""
    async with db.reading() as session:
        rows = await classes.classes_of(session, person.id if person else None)
    return tuple((_class(row, learners), row.owner.name) for row, learners in rows)


async def class_page(db: Database, person: Person, class_id: str) -> Class:
    """Return a class. Raises NotFoundError."""
    async with db.reading() as session:
        row = await own_class(session, person, class_id, LINES)
    lines = [line_from(line) for line in row.enrolments]
    return _class(row, sum(line.state == "in" for line in lines))


async def create_class(
    db: Database, person: Person, name: str, *, chance: Chance, now: datetime
) -> str:
    """Make a class and return its public id. Raises FormError for a name that cannot be taken."""
    name = read_class_name(name)
    public_id = chance()[:22]
    async with db.writing.begin() as session:
        code = code_from(chance(), JOIN)
        classes.add_class(session, person.id, public_id=public_id, name=name, code=code, now=now)
    return public_id


async def rename_class(db: Database, person: Person, class_id: str, name: str) -> None:
    """Give a class another name. Raises NotFoundError, and FormError as `create_class` does."""
    async with db.writing.begin() as session:
        row = await own_class(session, person, class_id)
        row.name = read_class_name(name)


async def archive_class(
    db: Database, person: Person, class_id: str, *, away: bool, now: datetime
) -> None:
    """Put a class away, where nobody can join it any more, or fetch it back.

    Raises NotFoundError.
    """
    async with db.writing.begin() as session:
        row = await own_class(session, person, class_id)
        row.archived_at = (row.archived_at or now) if away else None


async def renew_code(db: Database, person: Person, class_id: str, *, chance: Chance) -> None:
    """Give a class another code; the old one opens nothing from now on. Raises NotFoundError."""
    async with db.writing.begin() as session:
        row = await own_class(session, person, class_id)
        row.code = code_from(chance(), JOIN)


def read_class_name(text: str) -> str:
    """Return the name of a class. Raises FormError."""
    return read_name(text, "The name of a class", longest=LONGEST_TITLE)


def _class(row: ClassRow, learners: int) -> Class:
    return Class(row.public_id, row.name, row.code, learners, row.created_at, row.archived_at)
