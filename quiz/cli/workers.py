"""Serving with several processes on one database server."""

from __future__ import annotations

from socket import socket
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess

from quiz.config import Settings
from quiz.core.errors import OperatorError
from quiz.storage.engine import connected
from quiz.storage.ready import explained
from quiz.storage.servers import check_room


async def check_workers(config: Settings, workers: int) -> None:
    """Raise OperatorError unless the database can serve so many processes."""
    async with connected(config.database_url) as database:
        if not database.is_sqlite:
            async with explained(database), database.read.connect() as connection:
                await check_room(connection, database.url, workers)
        elif workers > 1:
            raise OperatorError(
                f"{workers} workers cannot share a file of SQLite, which has one writer. Leave out "
                "--workers, or name a server: QUIZ_DATABASE_URL=postgresql+asyncpg://…"
            )


def run_workers(workers: int, sockets: list[socket], options: dict[str, Any]) -> None:
    """Serve with so many processes until told to stop; one that dies is replaced.

    Each makes its app from the environment, which must say what this process was told.
    """
    plan = uvicorn.Config("quiz.web.app:create_app", factory=True, workers=workers, **options)
    Multiprocess(plan, sockets=sockets).run()
