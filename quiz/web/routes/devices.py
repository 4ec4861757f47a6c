"""Going on elsewhere: a code shown in one browser and taken in another."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quiz.core.codes import ONCE, read_code, shown_code
from quiz.core.errors import NotFoundError
from quiz.practice import devices
from quiz.web.access import ANYONE, Door
from quiz.web.forms import cookie_of, learner_of, remember
from quiz.web.qr import qr_code
from quiz.web.services import services

UNREADABLE = "A code has 12 letters and digits, such as 7KQM-2WXP-9D4T. Type it as it is shown."


async def explain(request: Request) -> Response:
    return services(request).templates.render(request, "pages/elsewhere.html", found=None, link="")


async def make(request: Request) -> Response:
    """Show a new code: only in this answer, as nobody can read it again."""
    app = services(request)
    found = await devices.make_code(app.desk, learner_of(request), now=app.clock())
    return app.templates.render(
        request,
        "pages/elsewhere.html",
        status=200 if found else 422,
        found=found,
        link=_link(request, found.code) if found else "",
        nothing=found is None,
    )


async def ask(request: Request) -> Response:
    """Ask for a code, and lead to what it would do."""
    typed = request.query_params.get("code", "")
    code = read_code(typed, ONCE)
    if code:
        return RedirectResponse(_path(request, code), 303)
    return _ask(request, typed, UNREADABLE if typed.strip() else "", 422 if typed.strip() else 200)


async def look(request: Request) -> Response:
    app, code = services(request), _code(request)
    try:
        page = await devices.arrival(app.desk, learner_of(request), code, now=app.clock())
    except NotFoundError as error:
        return _ask(request, shown_code(code), str(error), 404)
    return app.templates.render(request, "pages/arrival.html", page=page)


async def arrive(request: Request) -> Response:
    app, code = services(request), _code(request)
    try:
        cookie = await devices.arrive(app.desk, cookie_of(request), code, now=app.clock())
    except NotFoundError as error:
        return _ask(request, shown_code(code), str(error), 404)
    response = RedirectResponse(app.templates.path_for(request, "home"), 303)
    remember(request, response, cookie)
    return response


async def qr(request: Request) -> Response:
    """Answer with the link of a code as a picture, for whoever knows the code."""
    return qr_code(_link(request, _code(request)))


def _ask(request: Request, typed: str, error: str, status: int) -> Response:
    return services(request).templates.render(
        request,
        "pages/code.html",
        status=status,
        title="Go on here",
        intro="Open “Go on elsewhere” in the settings of the browser that you come from. It shows "
        "a code, which works once and for ten minutes.",
        action="go-on",
        typed=typed[:20],
        error=error,
    )


def _code(request: Request) -> str:
    return read_code(request.path_params["code"], ONCE)


def _path(request: Request, code: str) -> str:
    return services(request).templates.path_for(request, "arrival", code=shown_code(code))


def _link(request: Request, code: str) -> str:
    return services(request).settings.origin + _path(request, code)


ROUTES = [
    Door("/settings/elsewhere", explain, name="elsewhere", methods=["GET"], rule=ANYONE),
    Door("/settings/elsewhere", make, name="make-code", methods=["POST"], rule=ANYONE),
    Door("/go-on", ask, name="go-on", methods=["GET"], rule=ANYONE),
    Door("/go-on/{code}", look, name="arrival", methods=["GET"], rule=ANYONE),
    Door("/go-on/{code}", arrive, name="arrive", methods=["POST"], rule=ANYONE),
    Door("/go-on/{code}/qr.svg", qr, name="arrival-qr", methods=["GET"], rule=ANYONE),
]
