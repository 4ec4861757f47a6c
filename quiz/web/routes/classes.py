"""The classes of an instructor, and what can be set of one."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quiz.core.classes import Class
from quiz.core.codes import shown_code
from quiz.core.errors import FormError
from quiz.teaching import classes
from quiz.web.access import INSTRUCTORS, Door, person_of
from quiz.web.forms import one, read_form
from quiz.web.qr import qr_code
from quiz.web.services import services

ACTS = ("rename", "archive", "fetch", "renew")


async def index(request: Request) -> Response:
    return await _index(request)


async def create(request: Request) -> Response:
    app = services(request)
    name = one(await read_form(request), "name")
    try:
        class_id = await classes.create_class(
            app.desk.database,
            person_of(request),
            name,
            chance=app.desk.unguessable,
            now=app.clock(),
        )
    except FormError as error:
        return await _index(request, name, error)
    return to_class(request, "class-settings", class_id)


async def settings(request: Request) -> Response:
    return await _settings(request)


async def change(request: Request) -> Response:
    """Rename a class, put it away, fetch it back, or give it another code: as the button says."""
    form = await read_form(request)
    act = one(form, "do")
    if act not in ACTS:
        raise HTTPException(400, f"A class can {', '.join(ACTS)}, not “{act[:20]}”.")
    try:
        await _change(request, act, one(form, "name"))
    except FormError as error:
        return await _settings(request, one(form, "name"), error)
    return to_class(request, "class-settings", request.path_params["class"])


async def qr(request: Request) -> Response:
    """Answer with the join link as a picture."""
    found = await _found(request)
    return qr_code(join_link(request, found.code))


def join_link(request: Request, code: str) -> str:
    """Return the whole address at which a class is joined."""
    app = services(request)
    path = app.templates.path_for(request, "join-class", code=shown_code(code))
    return app.settings.origin + path


def to_class(request: Request, name: str, class_id: str) -> Response:
    """Lead to a page of a class by the name of its route."""
    templates = services(request).templates
    return RedirectResponse(templates.path_for(request, name, **{"class": class_id}), 303)


async def _change(request: Request, act: str, name: str) -> None:
    app = services(request)
    db, person, class_id = app.desk.database, person_of(request), request.path_params["class"]
    if act == "rename":
        await classes.rename_class(db, person, class_id, name)
    elif act == "renew":
        await classes.renew_code(db, person, class_id, chance=app.desk.unguessable)
    else:
        away = act == "archive"
        await classes.archive_class(db, person, class_id, away=away, now=app.clock())


async def _found(request: Request) -> Class:
    database = services(request).desk.database
    return await classes.class_page(database, person_of(request), request.path_params["class"])


async def _index(request: Request, name: str = "", error: FormError | None = None) -> Response:
    app = services(request)
    found = await classes.list_classes(app.desk.database, person_of(request))
    return app.templates.render(
        request,
        "classes/index.html",
        status=422 if error else 200,
        classes=[each for each, _ in found],
        typed=name,
        error=error,
    )


async def _settings(
    request: Request, name: str | None = None, error: FormError | None = None
) -> Response:
    found = await _found(request)
    return services(request).templates.render(
        request,
        "classes/settings.html",
        status=422 if error else 200,
        class_id=found.id,
        class_name=found.name,
        page=found,
        typed=found.name if name is None else name,
        link=join_link(request, found.code),
        error=error,
    )


CLASS = "/classes/{class}"

ROUTES = [
    Door("/classes", index, name="classes", methods=["GET"], rule=INSTRUCTORS),
    Door("/classes", create, name="create-class", methods=["POST"], rule=INSTRUCTORS),
    Door(CLASS + "/settings", settings, name="class-settings", methods=["GET"], rule=INSTRUCTORS),
    Door(CLASS + "/settings", change, name="change-class", methods=["POST"], rule=INSTRUCTORS),
    Door(CLASS + "/qr.svg", qr, name="class-qr", methods=["GET"], rule=INSTRUCTORS),
]
