"""One's own ways in: sign-ins, password, second factor."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quiz.core.errors import FormError
from quiz.core.tokens import digest_of
from quiz.people import account, codes
from quiz.web.access import PEOPLE, Door, person_of
from quiz.web.forms import login_cookie_of, one, read_form
from quiz.web.qr import qr_inline
from quiz.web.services import services


async def show(request: Request) -> Response:
    return await _show(request)


async def end_login(request: Request) -> Response:
    app = services(request)
    public_id = request.path_params["login"]
    await account.end_login(app.ways, person_of(request), public_id, now=app.clock())
    return _back(request)


async def end_others(request: Request) -> Response:
    app = services(request)
    await account.end_others(app.ways, person_of(request), _digest(request), now=app.clock())
    return _back(request)


async def change_password(request: Request) -> Response:
    app, form = services(request), await read_form(request)
    current, new = one(form, "current"), one(form, "new")
    try:
        await account.change_password(
            app.ways, person_of(request), _digest(request), current, new, now=app.clock()
        )
    except FormError as error:
        return await _show(request, error)
    return _back(request, "password")


async def second_factor(request: Request) -> Response:
    return await _second_factor(request, codes.new_secret())


async def add_second_factor(request: Request) -> Response:
    app, form = services(request), await read_form(request)
    secret, code = one(form, "secret"), one(form, "code")
    if not codes.is_secret(secret):
        return await _second_factor(request, codes.new_secret())
    try:
        recovery = await account.add_second_factor(
            app.ways, person_of(request), secret, code, one(form, "proof"), now=app.clock()
        )
    except FormError as error:
        return await _second_factor(request, secret, error)
    return app.templates.render(request, "pages/recovery_codes.html", recovery=recovery)


async def drop_second_factor(request: Request) -> Response:
    app, code = services(request), one(await read_form(request), "proof")
    try:
        await account.drop_second_factor(app.ways, person_of(request), code, now=app.clock())
    except FormError as error:
        return await _show(request, error)
    return _back(request)


async def _show(request: Request, error: FormError | None = None) -> Response:
    app = services(request)
    found = await account.account(app.ways, person_of(request), _digest(request), now=app.clock())
    return app.templates.render(
        request,
        "pages/account.html",
        status=422 if error else 200,
        page=found,
        error=error,
        changed=request.query_params.get("changed", ""),
    )


async def _second_factor(request: Request, secret: str, error: FormError | None = None) -> Response:
    app, person = services(request), person_of(request)
    address = codes.address(secret, person.name)
    return app.templates.render(
        request,
        "pages/second_factor.html",
        status=422 if error else 200,
        secret=secret,
        picture=qr_inline(address),
        proof=await account.proof_of(app.ways, person),
        error=error,
    )


def _back(request: Request, changed: str = "") -> Response:
    address = services(request).templates.path_for(request, "account")
    return RedirectResponse(f"{address}?changed={changed}" if changed else address, 303)


def _digest(request: Request) -> str:
    return digest_of(login_cookie_of(request))


HERE = "/account"
FACTOR = f"{HERE}/second-factor"

ROUTES = [
    Door(HERE, show, name="account", methods=["GET"], rule=PEOPLE),
    Door(f"{HERE}/password", change_password, name="password", methods=["POST"], rule=PEOPLE),
    Door(f"{HERE}/others", end_others, name="end-others", methods=["POST"], rule=PEOPLE),
    Door(f"{HERE}/logins/{{login}}", end_login, name="end-login", methods=["POST"], rule=PEOPLE),
    Door(FACTOR, second_factor, name="second-factor", methods=["GET"], rule=PEOPLE),
    Door(FACTOR, add_second_factor, name="add-factor", methods=["POST"], rule=PEOPLE),
    Door(f"{FACTOR}/off", drop_second_factor, name="drop-factor", methods=["POST"], rule=PEOPLE),
]
