"""For whoever watches the server: alive, and able to write."""

from __future__ import annotations

from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from quiz.web.access import ANYONE, Door
from quiz.web.disk import lack_of_space
from quiz.web.errors import RETRY_AFTER_S
from quiz.web.services import services


async def healthz(request: Request) -> Response:
    """Answer as long as the process serves."""
    return PlainTextResponse("ok\n")


async def readyz(request: Request) -> Response:
    """Answer where a write transaction can begin and its disk has room, else 503 and why not."""
    database = services(request).desk.database
    try:
        async with database.write.begin():
            pass  # on SQLite this is a BEGIN IMMEDIATE: it has to get the write lock
    except (OperationalError, PoolTimeoutError, ConnectionError):
        return _not_ready("The database is busy, full or gone.")
    lack = await lack_of_space(database)
    return _not_ready(lack) if lack else PlainTextResponse("ok\n")


def _not_ready(sentence: str) -> Response:
    return PlainTextResponse(f"{sentence}\n", 503, headers={"Retry-After": RETRY_AFTER_S})


ROUTES = [
    Door("/healthz", healthz, name="healthz", methods=["GET"], rule=ANYONE),
    Door("/readyz", readyz, name="readyz", methods=["GET"], rule=ANYONE),
]
