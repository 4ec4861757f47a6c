"""`quiz export`: scores out, as files for programs and spreadsheets."""

from __future__ import annotations

import asyncio
import secrets
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.console import Console
from rich.progress import Progress

from quiz.cli.packs import now_utc
from quiz.cli.target import target
from quiz.config import settings
from quiz.core.errors import OperatorError
from quiz.exports.learners import Learner, pseudonymous
from quiz.storage.classes import classes_called
from quiz.storage.engine import Database, connected
from quiz.storage.extent import EVERYTHING, Extent, extent_of_class
from quiz.storage.library import Library
from quiz.storage.ready import check_ready, explained
from quiz.teaching.exporting import Chunk, chunks
from quiz.teaching.files import Rows, files
from quiz.teaching.source import Source


class Format(StrEnum):
    """How rows are written."""

    csv = "csv"
    ndjson = "ndjson"
    xlsx = "xlsx"


class Which(StrEnum):
    """Which try at a question a grade book counts."""

    best = "best"
    first = "first"
    last = "last"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written: a class is named by its name or id, "" for everybody."""

    file: str
    file_format: Format
    class_name: str
    pseudonymous: bool
    bom: bool
    which: Which

    @property
    def rows(self) -> Rows:
        """The rows of the file. Raises OperatorError for one that there is not."""
        if self.file not in files():
            raise OperatorError(f"There is no file '{self.file}'. There are {', '.join(files())}.")
        found = files()[self.file]
        if self.file_format not in found.FILE.formats:
            raise OperatorError(
                f"{self.file} comes as {' or '.join(found.FILE.formats)}, not as "
                f"{self.file_format}."
            )
        return found


def help_text() -> str:
    """Return what `quiz export --help` says: each file and what it is for."""
    lines = (f"{name}: {rows.FILE.sentence}" for name, rows in files().items())
    return "\n\n".join(["Write scores to a file, of one class or of everybody.", *lines])


def export(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Which file.")],
    class_name: Annotated[
        str, typer.Option("--class", help="Only what this class may see: its name or id.")
    ] = "",
    file_format: Annotated[
        Format | None, typer.Option("--format", help="How rows are written.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="The file to write; without it, standard output.")
    ] = None,
    bom: Annotated[
        bool, typer.Option(help="Start a CSV file with a byte order mark, for spreadsheets.")
    ] = True,
    pseudonymous: Annotated[
        bool, typer.Option("--pseudonymous", help="Hashes instead of ids and names.")
    ] = False,
    which: Annotated[
        Which, typer.Option(help="In grade books: the try of each question that counts.")
    ] = Which.best,
) -> None:
    chosen = file_format or _usual_format(file)
    order = Order(file, chosen, class_name, pseudonymous, bom, which)
    _refuse_terminal(order, output)
    with target(output) as out:
        written = asyncio.run(_write(settings().database_url, order, out))
    if output:
        _console().print(f"{written:,} {file} in {output}", markup=False)


def _usual_format(file: str) -> Format:
    return Format(files()[file].FILE.formats[0]) if file in files() else Format.csv


def _refuse_terminal(order: Order, output: Path | None) -> None:
    _ = order.rows
    if order.file_format is Format.xlsx and output is None and sys.stdout.isatty():
        raise OperatorError(
            f"A spreadsheet is nothing to read here. Name a file: --output {order.file}.xlsx"
        )


async def _write(url: str, order: Order, out: BinaryIO) -> int:
    console, written = _console(), 0
    async with connected(url) as database:
        await check_ready(database)
        async with explained(database):
            source = await _source(database, order)
            about = await order.rows.about(source)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("Writing", total=about)
            async for chunk in _made(database, source, order):
                out.write(chunk.data)
                written += chunk.rows
                bar.update(task, completed=written)
    return written


async def _made(database: Database, source: Source, order: Order) -> AsyncIterator[Chunk]:
    """Yield the file in pieces; what is wrong with the database is told apart from the output."""
    async with explained(database):
        async for chunk in chunks(source, order.rows, order.file_format, bom=order.bom):
            yield chunk


async def _source(database: Database, order: Order) -> Source:
    naming = pseudonymous(secrets.token_bytes(32)) if order.pseudonymous else Learner
    extent = await _extent(database, order.class_name)
    home = settings().base_url
    return Source(database, Library(), now_utc, extent, naming, which=order.which, home=home)


async def _extent(database: Database, name: str) -> Extent:
    """Return what the class with this name or id may see. Raises OperatorError unless it is one."""
    if not name:
        return EVERYTHING
    async with database.reading() as session:
        found = await classes_called(session, name)
        if not found:
            raise OperatorError(f"There is no class '{name}'. Write its name or its id.")
        if len(found) > 1:
            ids = ", ".join(row.public_id for row in found)
            raise OperatorError(
                f"{len(found)} classes are called '{name}'. Write the id of one: {ids}."
            )
        return await extent_of_class(session, found[0].id, found[0].name)


def _console() -> Console:
    return Console(stderr=True, highlight=False, soft_wrap=True)
