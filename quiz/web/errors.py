"""What a person sees when something goes wrong: a sentence and a way out, never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, ExceptionHandler, Message, Receive, Scope, Send

from quiz.core.errors import BusyError, NotFoundError, TooOftenError
from quiz.core.fields import MAX_TEXT
from quiz.web.security import ROOT, headers
from quiz.web.services import services

RETRY_AFTER_S = "2"
LOGGER = logging.getLogger(__name__)

SENTENCES = {
    400: "The request could not be read. Go back, reload the page and try again.",
    404: "There is no such page. It may have been renamed.",
    405: "This address takes no such request. Start from the home page.",
    409: "Something else changed this at the same moment, so nothing was saved. Try again.",
    413: f"That was too long to be saved: a field may hold {MAX_TEXT:,} characters. Shorten it and "
    "try again.",
    500: "Something broke on our side. What you answered before is safe. Try again.",
    503: "The database is busy or full, so nothing was saved. Try again in a moment.",
}


def page(
    request: Request, status: int, message: str = "", headers: Mapping[str, str] | None = None
) -> Response:
    """Return an error page, or its fragment for htmx."""
    app = services(request)
    return app.templates.render(
        request,
        "pages/error.html",
        block="card",
        status=status,
        headers=headers,
        title=HTTPStatus(status).phrase,
        message=message or SENTENCES.get(status, HTTPStatus(status).phrase),
        way_out=("All packs", app.templates.path_for(request, "home")),
    )


async def http_error(request: Request, error: Exception) -> Response:
    """Answer what Starlette and the routes raise on purpose."""
    if not isinstance(error, HTTPException):
        raise error
    own = error.detail if error.detail != HTTPStatus(error.status_code).phrase else ""
    return page(request, error.status_code, own, dict(error.headers or {}))


async def not_found(request: Request, error: Exception) -> Response:
    """Answer an old or foreign link: the same for what is not there and what is not yours."""
    return page(request, 404, str(error))


async def contradicted(request: Request, error: Exception) -> Response:
    """Answer when two acts that exclude each other came at once; the database kept the first."""
    _log(error)
    return page(request, 409)


async def unavailable(request: Request, error: Exception) -> Response:
    """Answer when the database is locked, full or gone."""
    _log(error)
    return page(request, 503, headers={"Retry-After": RETRY_AFTER_S})


async def busy(request: Request, error: Exception) -> Response:
    """Answer who came when too many did, or when the database had been away for too long."""
    if isinstance(error.__cause__, Exception):
        _log(error.__cause__)
    return page(request, 503, str(error), headers={"Retry-After": RETRY_AFTER_S})


async def too_often(request: Request, error: Exception) -> Response:
    """Answer who tried something too often."""
    wait_s = error.wait_s if isinstance(error, TooOftenError) else RETRY_AFTER_S
    return page(request, 429, str(error), headers={"Retry-After": str(wait_s)})


async def gone(request: Request, error: Exception) -> Response:
    """End a request whose sender left before all of it had come: nobody hears the answer."""
    return Response(status_code=400)


async def broken(request: Request, error: Exception) -> Response:
    """Answer what nobody foresaw, outside all middleware; the server's log has the traceback."""
    return page(request, 500, headers=headers(secure=services(request).settings.secure))


HANDLERS: dict[int | type[Exception], ExceptionHandler] = {
    HTTPException: http_error,
    NotFoundError: not_found,
    BusyError: busy,
    TooOftenError: too_often,
    IntegrityError: contradicted,
    OperationalError: unavailable,
    PoolTimeoutError: unavailable,
    ConnectionError: unavailable,
    ClientDisconnect: gone,
    500: broken,
}


class BodyLimit:
    """Refuse a request that is too long with a page of ours, as the library says it barely.

    `files` are the limits, in bytes, of paths that take a file.
    """

    def __init__(self, app: ASGIApp, *, max_body_size: int, files: Mapping[str, int]) -> None:
        self.limited = RequestBodyLimitMiddleware(app, max_body_size)
        self.files = {
            path: (RequestBodyLimitMiddleware(app, size), f"A file may have {size >> 20} MB.")
            for path, size in files.items()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = False

        async def send_unless_refused(message: Message) -> None:
            nonlocal refused
            refused = refused or message.get("status") == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            if not refused:
                await send(message)

        path = scope["path"].removeprefix(scope[ROOT]) if scope["type"] == "http" else ""
        limited, sentence = self.files.get(path, (self.limited, ""))
        await limited(scope, receive, send_unless_refused)
        if refused:
            await page(Request(scope), 413, sentence)(scope, receive, send)


def _log(error: Exception) -> None:
    """Tell whoever runs the server, in one line and without what somebody typed."""
    cause = str(error.orig if isinstance(error, DBAPIError) else error)
    LOGGER.warning("The database refused a request: %s", cause.partition(" (Background")[0])
