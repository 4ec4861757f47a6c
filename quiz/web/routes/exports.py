"""The files of a class."""

from __future__ import annotations

from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from quiz.core.errors import TooLongError
from quiz.core.gradebook import GRADES
from quiz.exports.learners import Learner, pseudonymous
from quiz.teaching.downloads import class_source, export_page, note_export, rows_of
from quiz.teaching.exporting import chunks
from quiz.teaching.source import Source
from quiz.web.access import INSTRUCTORS, Door, person_of
from quiz.web.downloads import download, file_name, headers_of
from quiz.web.services import services


async def index(request: Request) -> Response:
    class_id = request.path_params["class"]
    page = await export_page(await _source(request), class_id)
    return services(request).templates.render(
        request,
        "classes/exports.html",
        class_id=class_id,
        class_name=page.class_name,
        page=page,
    )


async def export(request: Request) -> Response:
    """Send a file of a class, with what the address asks for."""
    app, asked = services(request), request.query_params
    name, _, file_format = request.path_params["file"].rpartition(".")
    rows = rows_of(name, file_format)
    hidden = asked.get("pseudonymous") == "1"
    source = replace(
        await _source(request),
        naming=pseudonymous(app.desk.unguessable().encode()) if hidden else Learner,
        turn=app.export_turn,
        polite=True,
        home=app.settings.base_url,
        which=_which(asked.get("which", GRADES[0])),
    )
    stem = f"{name} pseudonymous" if hidden else name
    headers = headers_of(file_name(stem, source.extent.class_name, file_format), file_format)
    if request.method == "HEAD":
        return Response(headers=headers)
    await note_export(
        app.desk.database,
        person_of(request),
        request.path_params["class"],
        request.path_params["file"],
        pseudonymous=hidden,
        now=app.clock(),
    )
    try:
        made = chunks(source, rows, file_format, bom=asked.get("bom") != "0")
        return await download(made, headers)
    except TooLongError as error:
        raise HTTPException(422, str(error)) from None


async def _source(request: Request) -> Source:
    app, class_id = services(request), request.path_params["class"]
    return await class_source(
        app.desk.database, app.desk.library, person_of(request), class_id, clock=app.clock
    )


def _which(word: str) -> str:
    if word not in GRADES:
        raise HTTPException(
            400, f"A question counts with its {', '.join(GRADES)} try, not “{word[:20]}”."
        )
    return word


EXPORTS = "/classes/{class}/exports"

ROUTES = [
    Door(EXPORTS, index, name="class-exports", methods=["GET"], rule=INSTRUCTORS),
    Door(EXPORTS + "/{file}", export, name="class-export", methods=["GET"], rule=INSTRUCTORS),
]
