"""The learner's progress in every pack."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from quiz.practice import pages
from quiz.web.access import ANYONE, Door
from quiz.web.forms import learner_of
from quiz.web.services import services


async def progress(request: Request) -> Response:
    app = services(request)
    page = await pages.progress(app.desk, learner_of(request), now=app.clock())
    return app.templates.render(request, "pages/progress.html", page=page)


ROUTES = [Door("/progress", progress, name="progress", methods=["GET"], rule=ANYONE)]
