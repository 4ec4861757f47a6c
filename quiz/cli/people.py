"""`quiz people`: who may sign in."""

from __future__ import annotations

import asyncio
import secrets
import sys
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from getpass import GetPassWarning
from typing import Annotated, TypeVar

import typer
from rich.table import Table

from quiz.cli.packs import console, now_utc
from quiz.config import settings
from quiz.core.errors import OperatorError
from quiz.core.people import Role
from quiz.people import administration
from quiz.people.hashing import Hasher
from quiz.people.passwords import check_password
from quiz.people.signing_in import LINK_LASTS, Ways, link_for
from quiz.storage import people as stored
from quiz.storage.engine import connected
from quiz.storage.migrate import migrate
from quiz.storage.ready import check_ready, explained
from quiz.storage.school import PersonRow
from quiz.web.access import SIGN_IN

T = TypeVar("T")
Name = Annotated[str, typer.Argument(help="What the person signs in with.")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]

app = typer.Typer(help="Say who may sign in.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Say who may sign in: instructors, authors, admins. Learners need no account."""


@app.command()
def add(
    name: Name,
    role: Annotated[Role, typer.Option(help="What the person is here for.")],
    link: Annotated[
        bool, typer.Option("--link", help="Print a link that signs in once, ask no password.")
    ] = False,
    password_stdin: FromStdin = False,
) -> None:
    """Make a person, with a password that is asked for, or a link that signs in once."""
    if link and password_stdin:
        raise OperatorError("--link asks for no password. Give one of --link and --password-stdin.")
    password = None if link else _password(name, password_stdin)
    person_id = _run(lambda ways: administration.add(ways, name, role, password, now=now_utc()))
    if link:
        _print_link(name, person_id)
    else:
        console().print(f"{name} can sign in at {settings().base_url}{SIGN_IN}", markup=False)


@app.command("list")
def list_people() -> None:
    """Name everybody who can or could sign in."""
    table = Table("name", "role", "password", "second factor", "since", box=None)
    for row in _run(_everybody):
        ways_in = "yes" if row.password else "no", "yes" if row.totp_secret else "no"
        role = row.role if row.ended_at is None else f"{row.role}, shut out"
        table.add_row(row.name, role, *ways_in, f"{row.created_at:%Y-%m-%d}")
    console().print(table if table.row_count else "Nobody can sign in yet.")


@app.command()
def link(
    name: Name,
    again: Annotated[bool, typer.Option("--again", help="Let in who was shut out.")] = False,
    drop_factor: Annotated[
        bool, typer.Option("--drop-second-factor", help="Take a second factor away that was lost.")
    ] = False,
) -> None:
    """Print a link that signs a person in once, without password and code."""

    async def act(ways: Ways) -> int:
        return await administration.let_in(
            ways, name, again=again, drop_factor=drop_factor, now=now_utc()
        )

    _print_link(name, _run(act))


@app.command()
def password(name: Name, password_stdin: FromStdin = False) -> None:
    """Give a person another password, and end all their sign-ins."""
    fresh = _password(name, password_stdin)
    _run(lambda ways: administration.set_password(ways, name, fresh, now=now_utc()))
    console().print(f"{name} has a new password; all sign-ins ended.", markup=False)


@app.command()
def role(name: Name, role: Annotated[Role, typer.Argument(help="The new role.")]) -> None:
    """Give a person another role."""
    _run(lambda ways: administration.set_role(ways, name, role, now=now_utc()))
    console().print(f"{name} is {role} now.", markup=False)


@app.command()
def end(name: Name) -> None:
    """Shut a person out: all sign-ins end, classes and their answers stay."""
    _run(lambda ways: administration.shut_out(ways, name, now=now_utc()))
    console().print(f"{name} cannot sign in any more; all sign-ins ended.", markup=False)


async def _everybody(ways: Ways) -> list[PersonRow]:
    async with ways.database.reading() as session:
        return list(await stored.people(session))


def _print_link(name: str, person_id: int) -> None:
    token = _run(lambda ways: link_for(ways, person_id, now=now_utc()))
    minutes = int(LINK_LASTS.total_seconds() // 60)
    console().print(f"This signs {name} in once, within {minutes} minutes:", markup=False)
    console().print(f"{settings().base_url}{SIGN_IN}/link/{token}", markup=False)


def _password(name: str, from_stdin: bool) -> str:
    """Return a password that will do. Raises FormError, and OperatorError without a terminal."""
    typed = _piped() if from_stdin else _typed()
    check_password(typed, name)
    return typed


def _piped() -> str:
    try:
        return sys.stdin.readline().rstrip("\r\n")
    except UnicodeDecodeError:
        raise OperatorError("The password has bytes that are no text. Pipe it in anew.") from None


def _typed() -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)
        try:
            return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
        except GetPassWarning:
            raise OperatorError(
                "There is no terminal to type a password unseen. Pipe it in with --password-stdin."
            ) from None


def _run(act: Callable[[Ways], Awaitable[T]]) -> T:
    async def work() -> T:
        async with _ways() as ways:
            return await act(ways)

    return asyncio.run(work())


@asynccontextmanager
async def _ways() -> AsyncIterator[Ways]:
    async with connected(settings().database_url) as database, explained(database):
        await migrate(database, now=now_utc())
        await check_ready(database)
        yield Ways(database, Hasher(), lambda: secrets.token_urlsafe(32))
