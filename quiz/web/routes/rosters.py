"""The roster of a class: imported, corrected, and two lines made one."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quiz.core.errors import FormError
from quiz.core.people import Person
from quiz.core.rosters import Trouble
from quiz.storage.engine import Database
from quiz.teaching import merging, rosters
from quiz.web.access import INSTRUCTORS, Door, person_of
from quiz.web.forms import one, read_form
from quiz.web.services import services

MAX_ROSTER = 30_000
"""Characters that may be pasted: some thousand learners, and room in any script."""


async def roster(request: Request) -> Response:
    return await _roster(request)


async def add(request: Request) -> Response:
    """Import what was pasted."""
    app = services(request)
    text = one(await read_form(request, longest=MAX_ROSTER), "roster")
    imported = await rosters.import_roster(
        app.desk.database,
        person_of(request),
        request.path_params["class"],
        text,
        chance=app.desk.unguessable,
        now=app.clock(),
    )
    if imported.troubles:
        return await _roster(request, text, imported.troubles)
    counts = {"added": imported.added, "changed": imported.changed, "same": imported.same}
    done = "&".join(f"{name}={count}" for name, count in counts.items())
    return RedirectResponse(f"{_address(request, 'roster')}?{done}", 303)


async def line(request: Request) -> Response:
    return await _line(request)


async def change(request: Request) -> Response:
    form = await read_form(request)
    name, external_id = one(form, "name"), one(form, "external_id")
    try:
        await rosters.change_line(*_where(request), name, external_id)
    except FormError as error:
        return await _line(request, name, external_id, error)
    return RedirectResponse(_address(request, "roster"), 303)


async def remove(request: Request) -> Response:
    await rosters.remove_line(*_where(request), now=services(request).clock())
    return RedirectResponse(_address(request, "roster"), 303)


async def ask_merge(request: Request) -> Response:
    """Say what the merging of two lines would do."""
    other = request.query_params.get(merging.FIELD, "")
    try:
        page = await merging.merge_page(*_where(request), other)
    except FormError as error:
        return await _line(request, error=error)
    return services(request).templates.render(
        request,
        "classes/merge.html",
        class_id=page.class_id,
        class_name=page.class_name,
        page=page,
    )


async def merge(request: Request) -> Response:
    other = one(await read_form(request), merging.FIELD)
    try:
        await merging.merge_lines(*_where(request), other, now=services(request).clock())
    except FormError as error:
        return await _line(request, error=error)
    return RedirectResponse(_address(request, "roster"), 303)


async def _roster(
    request: Request, typed: str = "", troubles: tuple[Trouble, ...] = ()
) -> Response:
    app, asked = services(request), request.query_params
    page = await rosters.roster_page(
        app.desk.database, person_of(request), request.path_params["class"]
    )
    done = [(name, asked[name]) for name in ("added", "changed", "same") if name in asked]
    return app.templates.render(
        request,
        "classes/roster.html",
        status=422 if troubles else 200,
        class_id=page.id,
        class_name=page.name,
        page=page,
        typed=typed,
        troubles=troubles,
        done=[(name, count) for name, count in done if count.isdigit() and len(count) < 7],
        max_roster=MAX_ROSTER,
    )


async def _line(
    request: Request,
    name: str | None = None,
    external_id: str | None = None,
    error: FormError | None = None,
) -> Response:
    page = await rosters.line_page(*_where(request))
    return services(request).templates.render(
        request,
        "classes/line.html",
        status=422 if error else 200,
        class_id=page.class_id,
        class_name=page.class_name,
        page=page,
        typed=page.line.name if name is None else name,
        typed_id=page.line.external_id if external_id is None else external_id,
        error=error,
    )


def _where(request: Request) -> tuple[Database, Person, str, str]:
    """Return what every act on a line begins with."""
    where, database = request.path_params, services(request).desk.database
    return database, person_of(request), where["class"], where["line"]


def _address(request: Request, name: str) -> str:
    where = {"class": request.path_params["class"]}
    return services(request).templates.path_for(request, name, **where)


ROSTER = "/classes/{class}/roster"
LINE = ROSTER + "/{line}"

ROUTES = [
    Door(ROSTER, roster, name="roster", methods=["GET"], rule=INSTRUCTORS),
    Door(ROSTER, add, name="import-roster", methods=["POST"], rule=INSTRUCTORS),
    Door(LINE, line, name="line", methods=["GET"], rule=INSTRUCTORS),
    Door(LINE, change, name="change-line", methods=["POST"], rule=INSTRUCTORS),
    Door(LINE + "/remove", remove, name="remove-line", methods=["POST"], rule=INSTRUCTORS),
    Door(LINE + "/merge", ask_merge, name="ask-merge", methods=["GET"], rule=INSTRUCTORS),
    Door(LINE + "/merge", merge, name="merge-lines", methods=["POST"], rule=INSTRUCTORS),
]
