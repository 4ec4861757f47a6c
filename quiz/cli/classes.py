"""`quiz classes`: the classes of all instructors, and rosters from files."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Column, Table

from quiz.cli.packs import console, now_utc
from quiz.config import settings
from quiz.core.codes import shown_code
from quiz.core.errors import OperatorError
from quiz.storage.classes import classes_called
from quiz.storage.engine import connected
from quiz.storage.ready import check_ready, explained
from quiz.teaching.classes import list_classes
from quiz.teaching.rosters import Imported, import_into

app = typer.Typer(help="Look after classes.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Look after classes."""


@app.command("list")
def list_() -> None:
    """List all classes with instructor, join code and how many learners are in them."""
    table = Table(
        "class", "name", "instructor", "code", Column("learners", justify="right"), box=None
    )
    for row in asyncio.run(_list(settings().database_url)):
        table.add_row(*row)
    console().print(table)


@app.command()
def roster(
    name: Annotated[str, typer.Argument(metavar="CLASS", help="The class, by its id or its name.")],
    file: Annotated[Path, typer.Argument(help="Lines of name and external id, parted by a comma.")],
) -> None:
    """Add a roster to a class; exit code 1, and nothing added, when a line is wrong."""
    imported = asyncio.run(_roster(settings().database_url, name, _text(file)))
    for trouble in imported.troubles:
        console().print(f"{file}:{trouble.line}: {trouble.sentence}")
    if imported.troubles:
        console().print("Nothing was imported.")
        raise typer.Exit(1)
    console().print(
        f"{imported.added} added, {imported.changed} changed, {imported.same} as they were."
    )


async def _list(url: str) -> list[tuple[str, ...]]:
    async with connected(url) as database:
        await check_ready(database)
        async with explained(database):
            found = await list_classes(database)
    return [
        (
            each.id,
            each.name,
            owner,
            "archived" if each.archived_at else shown_code(each.code),
            str(each.learners),
        )
        for each, owner in found
    ]


async def _roster(url: str, name: str, text: str) -> Imported:
    async with connected(url) as database:
        await check_ready(database)
        async with explained(database), database.writing.begin() as session:
            found = await classes_called(session, name)
            if len(found) != 1:
                raise OperatorError(
                    f"{len(found) or 'No'} classes are called “{name}”. Name one by its id; "
                    "`quiz classes list` shows them."
                )
            chance = secrets.token_urlsafe
            return await import_into(session, found[0], text, chance=chance, now=now_utc())


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise OperatorError(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise OperatorError(
            f"{file} is not UTF-8 at byte {error.start}. Save it as “CSV UTF-8” and try again."
        ) from None
