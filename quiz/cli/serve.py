"""`quiz serve`: migrate, publish, serve."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import Annotated, Any

import typer
import uvicorn

from quiz.cli.listening import alone, bound, file_of, listen, port_of
from quiz.cli.packs import console as plain
from quiz.cli.packs import now_utc, prepare
from quiz.cli.workers import check_workers, run_workers
from quiz.config import settings
from quiz.storage.engine import Database, close, open_database
from quiz.storage.people import anybody
from quiz.web.app import create_app
from quiz.web.disk import lack_of_space
from quiz.web.protocol import TimedProtocol

GRACE_S = 10
"""Seconds that answers under way get when the server is told to stop."""

OPTIONS: dict[str, Any] = {
    "http": TimedProtocol,
    "ws": "none",
    "lifespan": "on",
    "server_header": False,
    "access_log": False,
    "log_level": "warning",
    "proxy_headers": False,
    "timeout_keep_alive": 5,
    "timeout_graceful_shutdown": GRACE_S,
}


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on.")] = None,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="Processes; more than one needs a database server.")
    ] = 1,
) -> None:
    """Migrate the database, publish the packs and serve them."""
    # A KeyboardInterrupt can get lost while a loop ends, and the server would go on.
    # To end at once is safe, as all that is written is in transactions; uvicorn takes over later.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    config = settings(_with(os.environ, host, port))
    console = plain()
    asyncio.run(check_workers(config, workers))
    database = open_database(config.database_url)
    # What can be in the way is told before the long work; nobody is let in before it is done.
    with alone(database), bound(config) as sockets:
        os.environ |= _with(os.environ, host, port_of(sockets[0]))  # workers read it again
        config = settings()
        asyncio.run(prepare(config, console, now=now_utc()))
        listen(config, sockets)
        console.print(f"Serving on {config.base_url}")
        console.print(f"Data in {_place(database)}")
        if not asyncio.run(_has_people(database)):
            console.print(
                "Nobody can sign in yet. Make the first person: quiz people add NAME --role admin"
            )
        if lack := asyncio.run(lack_of_space(database)):
            console.print(lack)
        app = create_app(config)  # what is wrong with it is told once, not by each worker
        if workers > 1:
            run_workers(workers, sockets, OPTIONS)
            return
        server = uvicorn.Server(uvicorn.Config(app, **OPTIONS))
        server.run(sockets)
    if not server.started:
        sys.exit(3)


async def _has_people(database: Database) -> bool:
    async with database.reading() as session:
        found = await anybody(session)
    await close(database)
    return found


def _place(database: Database) -> str:
    """Return where answers are kept: a file from the root on, or a server without its password."""
    return str(file_of(database)) if database.is_sqlite else database.name


def _with(environ: os._Environ[str], host: str | None, port: int | None) -> dict[str, str]:
    given = {"QUIZ_HOST": host, "QUIZ_PORT": None if port is None else str(port)}
    return {**environ, **{name: value for name, value in given.items() if value is not None}}
