"""A learner's place in a class: another name, or the way out."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quiz.core.errors import FormError
from quiz.practice import classes
from quiz.web.access import ANYONE, Door
from quiz.web.forms import learner_of, one, read_form
from quiz.web.services import services


async def show(request: Request) -> Response:
    return await _show(request)


async def rename(request: Request) -> Response:
    app = services(request)
    name = one(await read_form(request), "name")
    try:
        await classes.rename(app.desk, learner_of(request), request.path_params["line"], name)
    except FormError as error:
        return await _show(request, name, error)
    return RedirectResponse(app.templates.path_for(request, "settings"), 303)


async def leave(request: Request) -> Response:
    app = services(request)
    await classes.leave(app.desk, learner_of(request), request.path_params["line"], now=app.clock())
    return RedirectResponse(app.templates.path_for(request, "settings"), 303)


async def _show(
    request: Request, name: str | None = None, error: FormError | None = None
) -> Response:
    app = services(request)
    found = await classes.membership(app.desk, learner_of(request), request.path_params["line"])
    return app.templates.render(
        request,
        "pages/membership.html",
        status=422 if error else 200,
        page=found,
        typed=found.line.name if name is None else name,
        error=error,
    )


LINE = "/settings/classes/{line}"

ROUTES = [
    Door(LINE, show, name="membership", methods=["GET"], rule=ANYONE),
    Door(LINE + "/name", rename, name="rename-me", methods=["POST"], rule=ANYONE),
    Door(LINE + "/leave", leave, name="leave", methods=["POST"], rule=ANYONE),
]
