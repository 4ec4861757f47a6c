"""The roster of a class."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from quiz.teaching import rosters
from quiz.web.access import INSTRUCTORS, Door, person_of
from quiz.web.services import services


async def roster(request: Request) -> Response:
    app = services(request)
    page = await rosters.roster_page(
        app.desk.database, person_of(request), request.path_params["class"]
    )
    return app.templates.render(
        request, "classes/roster.html", class_id=page.id, class_name=page.name, page=page
    )


ROSTER = "/classes/{class}/roster"

ROUTES = [
    Door(ROSTER, roster, name="roster", methods=["GET"], rule=INSTRUCTORS),
]
