"""What a learner can set: the keyboard map, and the classes that see what they do."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quiz.practice import classes
from quiz.web.access import ANYONE, Door
from quiz.web.forms import LIFETIME_S, learner_of, one, read_form
from quiz.web.services import services


async def settings(request: Request) -> Response:
    app = services(request)
    found = await classes.memberships(app.desk, learner_of(request))
    return app.templates.render(request, "pages/settings.html", memberships=found)


async def change(request: Request) -> Response:
    app = services(request)
    keys = one(await read_form(request), "keys")
    if keys not in ("on", "off"):
        raise HTTPException(400, f"Keys can be “on” or “off”, not “{keys[:20]}”.")
    response = RedirectResponse(app.templates.path_for(request, "settings"), 303)
    response.set_cookie(
        "keys",
        keys,
        max_age=LIFETIME_S,
        secure=app.settings.secure,
        httponly=True,
        samesite="lax",
    )
    return response


ROUTES = [
    Door("/settings", settings, name="settings", methods=["GET"], rule=ANYONE),
    Door("/settings", change, name="change-settings", methods=["POST"], rule=ANYONE),
]
