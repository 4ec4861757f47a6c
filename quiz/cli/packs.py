"""`quiz migrate` and `quiz publish`: the database made ready, and packs put into it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from quiz.config import Settings, settings
from quiz.packs.problems import format_text
from quiz.publishing import Published, publish_all
from quiz.storage.engine import Database, connected
from quiz.storage.migrate import migrate as migrate_database
from quiz.storage.ready import check_ready


def now_utc() -> datetime:
    """Read the clock, for the command line."""
    return datetime.now(UTC)  # noqa: TID251


def migrate() -> None:
    """Bring the database to the tables of this version."""
    asyncio.run(_migrate(settings()))
    console().print("The database is ready.")


def publish(
    folders: Annotated[
        list[Path] | None, typer.Argument(help="Packs, and folders with packs in them.")
    ] = None,
) -> None:
    """Put changed packs into the database; exit code 1 when one was refused."""
    config = settings()
    results = asyncio.run(prepare(config, console(), now=now_utc(), folders=folders))
    if not any(published.changed or published.refused for published in results):
        console().print("Nothing has changed.")
    raise typer.Exit(int(any(published.refused for published in results)))


async def prepare(
    config: Settings, console: Console, *, now: datetime, folders: list[Path] | None = None
) -> tuple[Published, ...]:
    """Migrate the database and publish what changed; a broken pack is told and left as it was."""
    async with connected(config.database_url, patient=True) as database:
        await _make_ready(database, now=now)
        results = await publish_all(database, folders or [config.content], now=now)
    for published in results:
        report(published, console)
    return results


def report(published: Published, console: Console) -> None:
    """Tell what became of a pack."""
    if published.findings:
        console.print(format_text(published.findings))
    if published.refused:
        console.print(f"{published.path} was not published: learners keep what they had.")
    elif published.changed:
        console.print(f"Published “{published.title}”: {_told(published)}.")


def console() -> Console:
    """Return a console that prints text as it is."""
    return Console(markup=False, emoji=False, highlight=False, soft_wrap=True)


async def _migrate(config: Settings) -> None:
    async with connected(config.database_url, patient=True) as database:
        await _make_ready(database, now=now_utc())


async def _make_ready(database: Database, *, now: datetime) -> None:
    await migrate_database(database, now=now)
    await check_ready(database)


def _told(published: Published) -> str:
    changes = published.changes
    counts = {"new": changes.new, "changed": changes.changed, "retired": changes.retired}
    said = [f"{number} {name}" for name, number in counts.items() if number]
    return ", ".join(said) or "no question changed"
