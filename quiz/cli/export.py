"""`quiz export`: scores out, as files for programs and spreadsheets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import Progress

from quiz.cli.target import target
from quiz.config import settings
from quiz.exports.attempts import COLUMNS
from quiz.exports.lines import BOM, MAKERS, Record
from quiz.storage import log
from quiz.storage.engine import Database, connected
from quiz.storage.library import Library
from quiz.storage.ready import check_ready, explained
from quiz.teaching import attempts as tries

app = typer.Typer(help="Write scores to files.", no_args_is_help=True)


class Format(StrEnum):
    """How rows are written."""

    csv = "csv"
    ndjson = "ndjson"


@app.callback()
def group() -> None:
    """Write scores to files."""


@app.command()
def attempts(
    file_format: Annotated[
        Format, typer.Option("--format", help="How rows are written.")
    ] = Format.csv,
    output: Annotated[
        Path | None, typer.Option(help="The file to write; without it, standard output.")
    ] = None,
    bom: Annotated[
        bool, typer.Option(help="Start a CSV file with a byte order mark, for spreadsheets.")
    ] = True,
) -> None:
    """Write every answered try at a question, one row each."""
    with target(output) as out:
        head = BOM if bom and file_format is Format.csv else ""
        rows = asyncio.run(_write(settings().database_url, file_format, out, head))
    if output:
        Console(stderr=True, highlight=False, soft_wrap=True).print(
            f"{rows:,} attempts in {output}", markup=False
        )


async def _write(url: str, file_format: Format, out: TextIO, head: str) -> int:
    maker, rows = MAKERS[file_format], 0
    console = Console(stderr=True)
    async with connected(url) as database:
        await check_ready(database)
        async with explained(database), database.reading() as session:
            total = await log.count_until(session, await log.last_id(session))
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("Writing", total=total)
            out.write(head + maker.head(COLUMNS))
            async for page in _pages(database):
                out.write(maker.body(COLUMNS, page))
                rows += len(page)
                bar.update(task, completed=rows)
    return rows


async def _pages(database: Database) -> AsyncIterator[list[Record]]:
    """Yield pages of rows; what is wrong with the database is told apart from the output."""
    async with explained(database):
        async for page in tries.pages(database, Library()):
            yield page
