"""What is a learner's own: taken out as a file, and deleted."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quiz.practice.own import deleting, taking
from quiz.teaching.exporting import Chunk
from quiz.web.access import ANYONE, Door
from quiz.web.downloads import download
from quiz.web.forms import forget, learner_of
from quiz.web.services import services

FILE = {
    "Content-Type": "application/json",
    "Content-Disposition": 'attachment; filename="my-data.json"',
    "Cache-Control": "no-store",
}
"""The headers of the file."""


async def look(request: Request) -> Response:
    app = services(request)
    held = await taking.held(app.desk, learner_of(request))
    gone = request.query_params.get("deleted") == "1" and held is None
    return app.templates.render(request, "pages/own_data.html", held=held, gone=gone)


async def take_out(request: Request) -> Response:
    """Send the file while it is made."""
    app = services(request)
    if request.method == "HEAD":
        return Response(headers=FILE)
    pieces = taking.taken_out(app.desk, learner_of(request), now=app.clock())
    return await download((Chunk(piece, 0) async for piece in pieces), FILE)


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


DATA = "/settings/data"

ROUTES = [
    Door(DATA, look, name="own-data", methods=["GET"], rule=ANYONE),
    Door("/my-data.json", take_out, name="my-data", methods=["GET"], rule=ANYONE),
    Door(DATA + "/delete", ask, name="ask-delete", methods=["GET"], rule=ANYONE),
    Door(DATA + "/delete", delete, name="delete", methods=["POST"], rule=ANYONE),
]
