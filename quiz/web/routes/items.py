"""How the questions of a pack do in a class."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from quiz.core.definitions import DEFINITIONS, FLAGS
from quiz.teaching.items import items_page
from quiz.web.access import INSTRUCTORS, Door, person_of
from quiz.web.services import services

AGAIN_S = "2"
"""When a page without numbers asks again by itself."""


async def items(request: Request) -> Response:
    app, asked = services(request), request.query_params
    page = await items_page(
        app.analyst,
        person_of(request),
        request.path_params["class"],
        pack_id=asked.get("pack", ""),
        mode=asked.get("mode", ""),
        sort=asked.get("sort", ""),
        flagged=bool(asked.get("flagged")),
    )
    waits = page.look.counting and page.look.analysis is None
    return app.templates.render(
        request,
        "classes/items.html",
        headers={"Refresh": AGAIN_S} if waits else None,
        page=page,
        definitions=DEFINITIONS,
        flags=FLAGS,
    )


ROUTES = [
    Door("/classes/{class}/items", items, name="class-items", methods=["GET"], rule=INSTRUCTORS)
]
