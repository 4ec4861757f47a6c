"""What is a learner's own: taken out as a file, brought in from one, and deleted."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quiz.core.errors import FormError
from quiz.practice.own import bringing, deleting, taking
from quiz.practice.own.entries import FILE as FIELD
from quiz.teaching.exporting import Chunk
from quiz.web.access import ANYONE, Door
from quiz.web.downloads import download
from quiz.web.forms import (
    DATA,
    cookie_of,
    forget,
    learner_of,
    posted_file,
    remember,
)
from quiz.web.services import services

FILE = {
    "Content-Type": "application/json",
    "Content-Disposition": 'attachment; filename="my-data.json"',
    "Cache-Control": "no-store",
}
"""The headers of the file."""


async def look(request: Request) -> Response:
    return await _look(request)


async def take_out(request: Request) -> Response:
    """Send the file while it is made."""
    app = services(request)
    if request.method == "HEAD":
        return Response(headers=FILE)
    pieces = taking.taken_out(app.desk, learner_of(request), now=app.clock())
    return await download((Chunk(piece, 0) async for piece in pieces), FILE)


async def bring_in(request: Request) -> Response:
    """Take in a file and say what became of it; the same one again changes nothing."""
    app = services(request)
    async with posted_file(request, FIELD) as file:
        try:
            if file is None:
                raise FormError(FIELD, "Choose a file first: the one that was taken out.")
            arrived = await bringing.bring(app.desk, cookie_of(request), file, now=app.clock())
        except FormError as error:
            return await _look(request, error=error)
    response = app.templates.render(request, "pages/brought.html", brought=arrived.brought)
    remember(request, response, arrived.cookie)
    return response


async def ask(request: Request) -> Response:
    app = services(request)
    held = await taking.held(app.desk, learner_of(request))
    if held is None:
        return RedirectResponse(app.templates.path_for(request, "own-data"), 303)
    return app.templates.render(request, "pages/delete.html", held=held)


async def delete(request: Request) -> Response:
    """Delete all of this learner, and say so; again, it says the same."""
    app = services(request)
    await deleting.delete_all(app.desk, learner_of(request))
    response = RedirectResponse(app.templates.path_for(request, "own-data") + "?deleted=1", 303)
    forget(request, response)
    return response


async def _look(request: Request, *, error: FormError | None = None) -> Response:
    app = services(request)
    held = await taking.held(app.desk, learner_of(request))
    gone = request.query_params.get("deleted") == "1" and held is None
    status = 422 if error else 200
    return app.templates.render(
        request, "pages/own_data.html", status=status, held=held, gone=gone, error=error
    )


ROUTES = [
    Door(DATA, look, name="own-data", methods=["GET"], rule=ANYONE),
    Door("/my-data.json", take_out, name="my-data", methods=["GET"], rule=ANYONE),
    Door(DATA, bring_in, name="bring-in", methods=["POST"], rule=ANYONE),
    Door(DATA + "/delete", ask, name="ask-delete", methods=["GET"], rule=ANYONE),
    Door(DATA + "/delete", delete, name="delete", methods=["POST"], rule=ANYONE),
]
