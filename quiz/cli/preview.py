"""`quiz preview`: packs as learners will see them, reloaded at every save."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from quiz.cli.hearing import check_database, listening_at
from quiz.cli.listening import bound, listen, port_of
from quiz.cli.packs import console
from quiz.config import settings
from quiz.web.preview.app import create_preview, deaf
from quiz.web.preview.news import News
from quiz.web.preview.pages import Listening
from quiz.web.preview.shelf import Shelf

HOST = "127.0.0.1"
"""Drafts are for this computer alone."""


def preview(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Packs, and folders with packs in them.")
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen on, 0 for any that is free.")
    ] = 8001,
    strict: Annotated[
        bool, typer.Option("--strict", help="Show what `quiz check --strict` would say.")
    ] = False,
    with_statistics: Annotated[
        bool, typer.Option("--with-statistics", help="Show how questions do with learners.")
    ] = False,
) -> None:
    """Show packs as learners will see them, each question beside its findings.

    The page reloads itself when a file is saved. Nothing is published, and no code of a pack runs.
    """
    shelf, news = Shelf(paths or [settings().content], strict=strict), News()
    shelf.packs()  # a path that is not there is told before anything is opened
    listening: Listening = deaf
    if with_statistics:
        check_database(settings().database_url)
        listening = listening_at(settings().database_url)
    config = settings({"QUIZ_HOST": HOST, "QUIZ_PORT": str(port)})
    with bound(config) as sockets, suppress(KeyboardInterrupt):
        listen(config, sockets)
        console().print(f"Preview on http://{HOST}:{port_of(sockets[0])}; Ctrl+C ends it.")
        Server(shelf, news, listening).run(sockets)


class Server(uvicorn.Server):
    """Serves the preview, and ends the open streams of its pages before it waits for them."""

    def __init__(self, shelf: Shelf, news: News, listening: Listening = deaf) -> None:
        super().__init__(
            uvicorn.Config(
                create_preview(shelf, news, listening),
                lifespan="on",
                server_header=False,
                access_log=False,
                log_level="warning",
                proxy_headers=False,
            )
        )
        self.news = news

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self.news.close()
        await super().shutdown(sockets)
