"""For whoever watches the server: alive, and able to write."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from quiz.web.services import services


async def healthz(request: Request) -> Response:
    """Answer as long as the process serves."""
    return PlainTextResponse("ok\n")


async def readyz(request: Request) -> Response:
    """Answer where a write transaction can begin; a busy database is a 503."""
    async with services(request).desk.database.write.begin():
        pass  # on SQLite this is a BEGIN IMMEDIATE: it has to get the write lock
    return PlainTextResponse("ok\n")


ROUTES = [
    Route("/healthz", healthz, methods=["GET"]),
    Route("/readyz", readyz, methods=["GET"]),
]
