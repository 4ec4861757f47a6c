"""Joining a class by its code, without an account."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quiz.core.classes import Joining
from quiz.core.codes import JOIN, read_code, shown_code
from quiz.core.errors import FormError, NotFoundError
from quiz.practice import classes
from quiz.web.access import ANYONE, Door
from quiz.web.forms import cookie_of, learner_of, one, read_form, remember
from quiz.web.services import services

UNREADABLE = "A code has 8 letters and digits, such as 7KQM-2WXP. Type it as you were given it."


async def ask(request: Request) -> Response:
    """Ask for a code, and lead to what it opens."""
    typed = request.query_params.get("code", "")
    code = read_code(typed, JOIN)
    if code:
        return _to_class(request, code)
    return _ask(request, typed, UNREADABLE if typed.strip() else "", 422 if typed.strip() else 200)


async def look(request: Request) -> Response:
    return await _look(request)


async def join(request: Request) -> Response:
    app = services(request)
    form = await read_form(request)
    code = _code(request)
    joining = Joining(one(form, "name"), bool(one(form, "before")), bool(one(form, "certainty")))
    try:
        joined = await classes.join(app.desk, cookie_of(request), code, joining, now=app.clock())
    except FormError as error:
        return await _look(request, joining, error)
    except NotFoundError as error:
        return _ask(request, shown_code(code), str(error), 404)
    response = _to_class(request, code)
    remember(request, response, joined.cookie)
    return response


async def _look(
    request: Request, joining: Joining | None = None, error: FormError | None = None
) -> Response:
    app = services(request)
    code = _code(request)
    try:
        page = await classes.invitation(app.desk, learner_of(request), code)
    except NotFoundError as refused:
        return _ask(request, shown_code(code), str(refused), 404)
    is_in = page.line is not None and page.line.state == "in"
    return app.templates.render(
        request,
        "pages/joined.html" if is_in else "pages/join.html",
        status=422 if error else 200,
        page=page,
        joining=joining or Joining(page.line.name if page.line else "", False, False),
        error=error,
    )


def _ask(request: Request, typed: str, error: str, status: int) -> Response:
    return services(request).templates.render(
        request,
        "pages/code.html",
        status=status,
        title="Join a class",
        intro="Your instructor gave you a code or a link. No account is needed: you choose the "
        "name that they will see.",
        action="join",
        typed=typed[:20],
        error=error,
    )


def _code(request: Request) -> str:
    return read_code(request.path_params["code"], JOIN)


def _to_class(request: Request, code: str) -> Response:
    templates = services(request).templates
    return RedirectResponse(templates.path_for(request, "join-class", code=shown_code(code)), 303)


ROUTES = [
    Door("/join", ask, name="join", methods=["GET"], rule=ANYONE),
    Door("/join/{code}", look, name="join-class", methods=["GET"], rule=ANYONE),
    Door("/join/{code}", join, name="enrol", methods=["POST"], rule=ANYONE),
]
