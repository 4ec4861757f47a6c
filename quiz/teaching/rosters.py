"""The roster of a class: who is in it, who was, and who is awaited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.classes import Line
from quiz.core.errors import FormError, NotFoundError
from quiz.core.names import key_of, read_name
from quiz.core.people import Person
from quiz.core.rosters import Listed, Trouble, read_roster
from quiz.storage import enrolments
from quiz.storage.dialect import hold_rows
from quiz.storage.engine import Database
from quiz.storage.school import ClassRow, EnrolmentRow
from quiz.teaching.classes import Chance
from quiz.teaching.classroom import own_class


@dataclass(frozen=True, slots=True)
class RosterPage:
    """All lines of a class in the order of names."""

    id: str
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class LinePage:
    """One line of a class, and the others it could be merged with in the order of names."""

    class_id: str
    class_name: str
    line: Line
    others: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did to the lines of a class: nothing at all where there are troubles."""

    added: int = 0
    changed: int = 0
    same: int = 0
    troubles: tuple[Trouble, ...] = ()


async def roster_page(db: Database, person: Person, class_id: str) -> RosterPage:
    """Return the roster of a class. Raises NotFoundError."""
    async with db.reading() as session:
        found = await own_class(session, person, class_id)
        rows = await enrolments.roster_of(session, found.id)
    return RosterPage(found.public_id, found.name, _by_name(rows))


async def import_roster(
    db: Database, person: Person, class_id: str, text: str, *, chance: Chance, now: datetime
) -> Imported:
    """Add a roster to a class; what is known by its external id, or its name, is brought up to it.

    Raises NotFoundError.
    """
    async with db.writing.begin() as session:
        found = await own_class(session, person, class_id)
        return await import_into(session, found, text, chance=chance, now=now)


async def import_into(
    session: AsyncSession, found: ClassRow, text: str, *, chance: Chance, now: datetime
) -> Imported:
    """Add a roster to a class as `import_roster` does, in the transaction of the caller."""
    roster = read_roster(text)
    if roster.troubles:
        return Imported(troubles=roster.troubles)
    await hold_rows(session, ClassRow, [found.id])
    known = _Known(await enrolments.roster_of(session, found.id))
    added = changed = 0
    for listed in roster.listed:
        row = known.line_of(listed)
        if row is None:
            added += 1
            enrolments.add_line(
                session,
                found.id,
                public_id=chance()[:22],
                name=listed.name,
                external_id=listed.external_id,
                now=now,
            )
        elif listed.external_id and _differs(row, listed):
            changed += 1
            row.name, row.external_id = listed.name, listed.external_id
    return Imported(added, changed, len(roster.listed) - added - changed)


async def line_page(db: Database, person: Person, class_id: str, line_id: str) -> LinePage:
    """Return a line of a class. Raises NotFoundError."""
    async with db.reading() as session:
        found = await own_class(session, person, class_id)
        rows = await enrolments.roster_of(session, found.id)
    own = next((row for row in rows if row.public_id == line_id), None)
    if own is None:
        raise NotFoundError("There is no such learner in this class.")
    others = _by_name([row for row in rows if row is not own])
    return LinePage(found.public_id, found.name, enrolments.line_from(own), others)


async def change_line(
    db: Database, person: Person, class_id: str, line_id: str, name: str, external_id: str
) -> None:
    """Give a line another name and external id. Raises NotFoundError and FormError."""
    async with db.writing.begin() as session:
        found, row = await _own_line(session, person, class_id, line_id)
        await hold_rows(session, ClassRow, [found.id])
        row.name = read_name(name, "A name")
        if external_id.strip():
            external_id = read_name(external_id, "An external id", field="external_id")
        rows = await enrolments.roster_of(session, found.id)
        taken = [each for each in rows if each.external_id == external_id and each is not row]
        if external_id and taken:
            said = f"“{external_id}” is the external id of {taken[0].name} in this class."
            raise FormError("external_id", said)
        row.external_id = external_id


async def remove_line(
    db: Database, person: Person, class_id: str, line_id: str, *, now: datetime
) -> None:
    """Take a line that waits off the roster, or end a learner's stay as leaving does.

    Raises NotFoundError.
    """
    async with db.writing.begin() as session:
        _, row = await _own_line(session, person, class_id, line_id)
        if row.learner_id is None:
            await session.delete(row)
        else:
            row.left_at = row.left_at or now


async def _own_line(
    session: AsyncSession, person: Person, class_id: str, line_id: str
) -> tuple[ClassRow, EnrolmentRow]:
    found = await own_class(session, person, class_id)
    row = await enrolments.line_of(session, found.id, line_id)
    if row is None:
        raise NotFoundError("There is no such learner in this class.")
    return found, row


class _Known:
    """The lines of a class, to be found by external id and by name."""

    def __init__(self, rows: Sequence[EnrolmentRow]) -> None:
        self.by_id = {row.external_id: row for row in rows if row.external_id}
        self.by_name: dict[str, list[EnrolmentRow]] = {}
        for row in rows:
            self.by_name.setdefault(key_of(row.name), []).append(row)

    def line_of(self, listed: Listed) -> EnrolmentRow | None:
        """Return the line that a roster means: by external id, else the only one of its name."""
        if listed.external_id in self.by_id:
            return self.by_id[listed.external_id]
        same = self.by_name.get(key_of(listed.name), [])
        if not listed.external_id:
            return same[0] if same else None
        without = [row for row in same if not row.external_id]
        return without[0] if len(without) == 1 else None


def _differs(row: EnrolmentRow, listed: Listed) -> bool:
    return (row.name, row.external_id) != (listed.name, listed.external_id)


def _by_name(rows: Sequence[EnrolmentRow]) -> tuple[Line, ...]:
    lines = map(enrolments.line_from, rows)
    return tuple(sorted(lines, key=lambda line: (line.name.casefold(), line.id)))
