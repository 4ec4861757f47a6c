"""`quiz data`: looking after what the database holds."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated

import typer
from rich.progress import Progress
from rich.table import Column, Table

from quiz.cli.packs import console, now_utc
from quiz.config import settings
from quiz.storage.copying import Tally, copy_all
from quiz.storage.engine import connected
from quiz.storage.migrate import migrate
from quiz.storage.ready import check_ready
from quiz.storage.rebuild import count_answers
from quiz.storage.rebuild import rebuild as rebuild_all
from quiz.storage.sole import sole_process

app = typer.Typer(help="Look after what the database holds.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Look after what the database holds."""


@app.command()
def rebuild() -> None:
    """Make memories and progress anew from the log of attempts."""
    answers = asyncio.run(_rebuild(settings().database_url))
    console().print(f"Memories and progress were made anew from {answers:,} answers.")


@app.command()
def copy(
    source: Annotated[str, typer.Option("--from", help="URL of the database to copy.")],
    target: Annotated[str, typer.Option("--to", help="URL of an empty database.")],
) -> None:
    """Copy everything to another database, and prove that it arrived."""
    copied = asyncio.run(_copy(source, target))
    table = Table("table", Column("rows", justify="right"), "checksum", box=None)
    for name, tally in copied.items():
        table.add_row(name, f"{tally.rows:,}", f"{tally.checksum:064x}"[:12])
    console().print(table)
    rows = sum(tally.rows for tally in copied.values())
    console().print(f"{rows:,} rows were copied; counts and checksums agree.")


async def _copy(source: str, target: str) -> Mapping[str, Tally]:
    async with connected(source, patient=True) as old, connected(target, patient=True) as new:
        await check_ready(old)
        with sole_process(old):  # an answer that came meanwhile would be left behind
            await migrate(new, now=now_utc())
            await check_ready(new)
            with Progress(console=console(), transient=True, disable=not _on_terminal()) as bar:
                task = bar.add_task("Copying", total=None)
                return await copy_all(old, new, lambda _, more: bar.advance(task, more))


def _on_terminal() -> bool:
    return console().is_terminal


async def _rebuild(url: str) -> int:
    async with connected(url, patient=True) as database:
        await check_ready(database)
        async with database.reading() as session:
            answers = await count_answers(session)
        with Progress(console=console(), transient=True, disable=not _on_terminal()) as bar:
            task = bar.add_task("Rebuilding", total=answers)
            await rebuild_all(database.writing, lambda more: bar.advance(task, more))
    return answers
