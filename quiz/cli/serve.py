"""`quiz serve`: migrate, publish, serve."""

from __future__ import annotations

import asyncio
import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
import uvicorn

from quiz.cli.packs import console as plain
from quiz.cli.packs import now_utc, prepare
from quiz.cli.workers import check_workers, run_workers
from quiz.config import Settings, settings
from quiz.core.errors import OperatorError
from quiz.web.app import create_app

GRACE_S = 10
"""Seconds that answers under way get when the server is told to stop."""

OPTIONS: dict[str, Any] = {
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
    os.environ |= _with(os.environ, host, port)  # workers read it again
    config = settings()
    console = plain()
    asyncio.run(check_workers(config, workers))
    with _alone(config):
        asyncio.run(prepare(config, console, now=now_utc()))
        console.print(f"Serving on {config.base_url}")
        console.print(f"Data in {config.data.resolve()}")
        if workers > 1:
            run_workers(config, workers, OPTIONS)
            return
        server = uvicorn.Server(
            uvicorn.Config(create_app(config), host=config.host, port=config.port, **OPTIONS)
        )
        server.run()
    if not server.started:
        sys.exit(3)


def _with(environ: os._Environ[str], host: str | None, port: int | None) -> dict[str, str]:
    given = {"QUIZ_HOST": host, "QUIZ_PORT": None if port is None else str(port)}
    return {**environ, **{name: value for name, value in given.items() if value is not None}}


@contextmanager
def _alone(config: Settings) -> Iterator[None]:
    """Hold the lock that keeps a second server off the same SQLite file."""
    if not config.database_url.startswith("sqlite"):
        yield
        return
    try:
        config.data.mkdir(parents=True, exist_ok=True)
        lock = (config.data / "quiz.lock").open("w")
    except OSError as error:
        raise OperatorError(
            f"The folder {config.data} cannot be used: {error.strerror}. "
            "Choose another with QUIZ_DATA, or let the server's user write there."
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OperatorError(
                f"Another server uses {config.data}. Stop it, or choose another with QUIZ_DATA."
            ) from None
        yield
