"""`quiz data`: looking after what the database holds."""

from __future__ import annotations

import asyncio

import typer
from rich.progress import Progress

from quiz.cli.packs import console
from quiz.config import settings
from quiz.storage.engine import connected
from quiz.storage.ready import check_ready
from quiz.storage.rebuild import count_answers
from quiz.storage.rebuild import rebuild as rebuild_all

app = typer.Typer(help="Look after what the database holds.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Look after what the database holds."""


@app.command()
def rebuild() -> None:
    """Make memories and progress anew from the log of attempts."""
    answers = asyncio.run(_rebuild(settings().database_url))
    console().print(f"Memories and progress were made anew from {answers:,} answers.")


async def _rebuild(url: str) -> int:
    async with connected(url) as database:
        await check_ready(database)
        async with database.reading() as session:
            answers = await count_answers(session)
        with Progress(console=console(), transient=True, disable=not console().is_terminal) as bar:
            task = bar.add_task("Rebuilding", total=answers)
            await rebuild_all(database.writing, lambda more: bar.advance(task, more))
    return answers
