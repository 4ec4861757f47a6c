"""The first page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from quiz.practice import pages
from quiz.web.access import ANYONE, Door
from quiz.web.forms import learner_of
from quiz.web.services import services


async def home(request: Request) -> Response:
    app = services(request)
    page = await pages.home(app.desk, learner_of(request), now=app.clock())
    return app.templates.render(request, "pages/home.html", page=page, now=app.clock())


ROUTES = [Door("/", home, name="home", methods=["GET"], rule=ANYONE)]
