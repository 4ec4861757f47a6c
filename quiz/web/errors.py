"""What a person sees when something goes wrong: a sentence and a way out, never a traceback."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ExceptionHandler

from quiz.core.errors import BusyError, NotFoundError
from quiz.web.security import headers
from quiz.web.services import services

SENTENCES = {
    400: "The request could not be read. Go back, reload the page and try again.",
    404: "There is no such page. It may have been renamed.",
    405: "This address takes no such request. Start from the home page.",
    413: "That was too long to be taken. Shorten it and try again.",
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


async def unavailable(request: Request, error: Exception) -> Response:
    """Answer when the database is locked, full or gone."""
    return page(request, 503, headers={"Retry-After": "2"})


async def broken(request: Request, error: Exception) -> Response:
    """Answer what nobody foresaw, outside all middleware; the server's log has the traceback."""
    return page(request, 500, headers=headers(secure=services(request).settings.secure))


HANDLERS: dict[int | type[Exception], ExceptionHandler] = {
    HTTPException: http_error,
    NotFoundError: not_found,
    BusyError: unavailable,
    OperationalError: unavailable,
    PoolTimeoutError: unavailable,
    500: broken,
}
