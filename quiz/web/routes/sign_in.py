"""Coming and going of people who sign in. Learners never need to."""

from __future__ import annotations

import logging

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quiz.core.errors import FormError, NotFoundError, TooOftenError
from quiz.core.people import LONGEST, Role
from quiz.core.tokens import digest_of
from quiz.people import signing_in
from quiz.people.signing_in import Came
from quiz.web.access import ANYONE, PEOPLE, SIGN_IN, Door, person_of
from quiz.web.devices import device_of
from quiz.web.forms import login_cookie_of, login_name, one, read_form
from quiz.web.services import services
from quiz.web.templates import root_of

LOGGER = logging.getLogger(__name__)

HOMES = {Role.author: "reports", Role.instructor: "classes", Role.admin: "classes"}
"""Where people begin, by the name of the route."""


async def ask(request: Request) -> Response:
    return _ask(request, inside(request.query_params.get("next", "")))


async def sign_in(request: Request) -> Response:
    app, form = services(request), await read_form(request)
    name, onward = one(form, "name"), inside(one(form, "next"))
    try:
        came = await signing_in.sign_in(
            app.ways,
            name,
            one(form, "password"),
            one(form, "code"),
            former=_digest(request),
            device=_device(request),
            now=app.clock(),
        )
    except FormError as error:
        LOGGER.warning("A sign-in failed: name, password or code was wrong.")
        return _ask(request, onward, name, error)
    except TooOftenError:
        LOGGER.warning("A sign-in was refused: the name had failed too often.")
        raise
    return _welcome(request, came, onward)


async def look_at_link(request: Request) -> Response:
    """Say whom the link signs in; only the button uses it, as programs look at links, too."""
    app, token = services(request), request.path_params["token"]
    name = await signing_in.name_on_link(app.ways, token, now=app.clock())
    return app.templates.render(request, "pages/sign_in_link.html", who=name, token=token)


async def use_link(request: Request) -> Response:
    app = services(request)
    try:
        came = await signing_in.sign_in_by_link(
            app.ways,
            request.path_params["token"],
            former=_digest(request),
            device=_device(request),
            now=app.clock(),
        )
    except NotFoundError:
        LOGGER.warning("A sign-in failed: a link that was used, has ended, or never was.")
        raise
    return _welcome(request, came, "")


async def sign_out(request: Request) -> Response:
    app = services(request)
    await signing_in.sign_out(app.ways, person_of(request), _digest(request), now=app.clock())
    response = RedirectResponse(app.templates.path_for(request, "home"), 303)
    response.delete_cookie(
        login_name(app.settings), secure=app.settings.secure, httponly=True, samesite="lax"
    )
    # Not "cookies": a learner may use the same browser.
    MutableHeaders(scope=None, raw=response.raw_headers)["Clear-Site-Data"] = '"cache"'
    return response


def inside(address: str) -> str:
    """Return a path of ours as it was asked for, "" for what leads elsewhere."""
    ours = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if ours and address.isprintable() else ""


def _ask(request: Request, onward: str, name: str = "", error: FormError | None = None) -> Response:
    return services(request).templates.render(
        request,
        "pages/sign_in.html",
        status=422 if error else 200,
        onward=onward,
        typed=name,
        error=error,
    )


def _welcome(request: Request, came: Came, onward: str) -> Response:
    app = services(request)
    home = app.templates.path_for(request, HOMES[came.person.role])
    response = RedirectResponse(root_of(request) + onward if onward else home, 303)
    response.set_cookie(
        login_name(app.settings),
        came.cookie,
        max_age=int(LONGEST.total_seconds()),
        secure=app.settings.secure,
        httponly=True,
        samesite="lax",
        path="/",
    )
    return response


def _digest(request: Request) -> str:
    cookie = login_cookie_of(request)
    return digest_of(cookie) if cookie else ""


def _device(request: Request) -> str:
    return device_of(request.headers.get("user-agent", ""))


LINK = SIGN_IN + "/link/{token}"

ROUTES = [
    Door(SIGN_IN, ask, name="sign-in", methods=["GET"], rule=ANYONE),
    Door(SIGN_IN, sign_in, name="to-sign-in", methods=["POST"], rule=ANYONE),
    Door(LINK, look_at_link, name="sign-in-link", methods=["GET"], rule=ANYONE),
    Door(LINK, use_link, name="use-link", methods=["POST"], rule=ANYONE),
    Door("/sign-out", sign_out, name="sign-out", methods=["POST"], rule=PEOPLE),
]
