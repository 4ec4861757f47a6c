"""The files of a class, as its instructor finds and takes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quiz.core.errors import NotFoundError
from quiz.core.people import Person
from quiz.exports.lines import File
from quiz.storage import events
from quiz.storage.engine import Database
from quiz.storage.extent import extent_of_class
from quiz.storage.library import Library
from quiz.teaching.classroom import own_class
from quiz.teaching.files import Rows, files
from quiz.teaching.source import Clock, Source


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file on the page: `rows` says about how many it has, `size` about how many bytes as CSV."""

    name: str
    file: File
    rows: int

    @property
    def size(self) -> int:
        return self.rows * self.file.row_bytes


@dataclass(frozen=True, slots=True)
class ExportPage:
    """The files of a class."""

    class_id: str
    class_name: str
    files: tuple[FileLine, ...]


async def class_source(
    db: Database, library: Library, person: Person, class_id: str, *, clock: Clock
) -> Source:
    """Return the source of the files of a class of this person. Raises NotFoundError."""
    async with db.reading() as session:
        row = await own_class(session, person, class_id)
        return Source(db, library, clock, await extent_of_class(session, row.id, row.name))


async def export_page(source: Source, class_id: str) -> ExportPage:
    """Return what can be taken out of a class."""
    lines = [FileLine(name, rows.FILE, await rows.about(source)) for name, rows in files().items()]
    return ExportPage(class_id, source.extent.class_name, tuple(lines))


async def note_export(
    db: Database, person: Person, class_id: str, name: str, *, pseudonymous: bool, now: datetime
) -> None:
    """Note that somebody takes a file out of a class."""
    details = {"file": name, "pseudonymous": pseudonymous}
    async with db.writing.begin() as session:
        await events.note(
            session, "export", now=now, person_id=person.id, subject=class_id, details=details
        )


def rows_of(name: str, file_format: str) -> Rows:
    """Return the rows of a file. Raises NotFoundError for one that does not come in this format."""
    rows = files().get(name)
    if rows is None or file_format not in rows.FILE.formats:
        known = (f"{name}.{each}" for name, rows in files().items() for each in rows.FILE.formats)
        raise NotFoundError(f"There is no such file. There are {', '.join(known)}.")
    return rows
