"""`quiz export`: scores out, as files for programs and spreadsheets."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import Progress

from quiz import teaching
from quiz.config import settings
from quiz.core.errors import OperatorError
from quiz.exports.attempts import COLUMNS
from quiz.exports.lines import BOM, MAKERS
from quiz.storage import log
from quiz.storage.engine import connected
from quiz.storage.library import Library
from quiz.storage.ready import check_ready

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
    with _target(output) as target:
        head = BOM if bom and file_format is Format.csv else ""
        rows = asyncio.run(_write(settings().database_url, file_format, target, head))
    if output:
        Console(stderr=True, highlight=False).print(f"{rows:,} attempts in {output}", markup=False)


async def _write(url: str, file_format: Format, target: TextIO, head: str) -> int:
    maker, rows = MAKERS[file_format], 0
    console = Console(stderr=True)
    async with connected(url) as database:
        await check_ready(database)
        async with database.reading() as session:
            total = await log.count_until(session, await log.last_id(session))
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("Writing", total=total)
            target.write(head + maker.head(COLUMNS))
            async for page in teaching.attempts(database, Library()):
                target.write(maker.body(COLUMNS, page))
                rows += len(page)
                bar.update(task, completed=rows)
    return rows


@contextmanager
def _target(output: Path | None) -> Iterator[TextIO]:
    """Open the output; a file takes its name only when it is whole."""
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        yield sys.stdout
        return
    part = output.with_name(f"{output.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as target:
            yield target
        part.replace(output)
    except OSError as error:
        raise OperatorError(f"{output} cannot be written: {error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
