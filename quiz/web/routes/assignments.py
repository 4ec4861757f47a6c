"""Work that a class is given, and how far everybody is."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quiz.core.assignments import Plan, read_plan, time_field
from quiz.core.errors import FormError
from quiz.core.kinds import Form
from quiz.core.people import Person
from quiz.storage.engine import Database
from quiz.teaching import assignments
from quiz.web.access import INSTRUCTORS, Door, person_of
from quiz.web.forms import one, read_form
from quiz.web.services import services

FIELDS = ("title", "opens", "due")


async def index(request: Request) -> Response:
    page = await assignments.work_list(*_class(request))
    return services(request).templates.render(
        request,
        "classes/assignments.html",
        class_id=page.class_id,
        class_name=page.class_name,
        page=page,
    )


async def plan(request: Request) -> Response:
    """Show the form for new work."""
    return await _form(request)


async def create(request: Request) -> Response:
    app, form = services(request), await read_form(request)
    try:
        work_id = await assignments.create_work(
            *_class(request), _read(form), chance=app.desk.unguessable, now=app.clock()
        )
    except FormError as error:
        return await _form(request, form, error)
    return _to(request, "assignment", assignment=work_id)


async def show(request: Request) -> Response:
    page = await assignments.work_page(*_work(request))
    return services(request).templates.render(
        request,
        "classes/assignment.html",
        class_id=page.class_id,
        class_name=page.class_name,
        page=page,
    )


async def edit(request: Request) -> Response:
    """Show the form for work that is given already."""
    return await _form(request)


async def change(request: Request) -> Response:
    form = await read_form(request)
    try:
        await assignments.change_work(*_work(request), _read(form))
    except FormError as error:
        return await _form(request, form, error)
    return _to(request, "assignment", assignment=request.path_params["assignment"])


async def delete(request: Request) -> Response:
    await assignments.delete_work(*_work(request))
    return _to(request, "assignments")


def _read(form: Form) -> Plan:
    title, opens, due = (one(form, name) for name in FIELDS)
    return read_plan(title, one(form, "pack"), form.get("topic", ()), opens, due)


async def _form(
    request: Request, form: Form | None = None, error: FormError | None = None
) -> Response:
    """Show what was typed, else what is planned so far."""
    work_id = request.path_params.get("assignment")
    chosen = one(form, "pack") if form else request.query_params.get("pack", "")
    page = await assignments.work_form(*_class(request), work_id, chosen)
    planned = page.assignment.plan if page.assignment else None
    typed = {"title": "", "opens": "", "due": ""}
    ticked = {id for id, _ in page.assignment.topics} if page.assignment else set()
    if form:
        typed, ticked = {name: one(form, name) for name in FIELDS}, set(form.get("topic", ()))
    elif planned:
        opens, due = time_field(planned.opens_at), time_field(planned.due_at)
        typed = {"title": planned.title, "opens": opens, "due": due}
    return services(request).templates.render(
        request,
        "classes/plan.html",
        status=422 if error else 200,
        class_id=page.class_id,
        class_name=page.class_name,
        page=page,
        typed=typed,
        ticked=ticked,
        error=error,
    )


def _class(request: Request) -> tuple[Database, Person, str]:
    """Return what every act on a class begins with."""
    return services(request).desk.database, person_of(request), request.path_params["class"]


def _work(request: Request) -> tuple[Database, Person, str, str]:
    return (*_class(request), request.path_params["assignment"])


def _to(request: Request, name: str, **where: str) -> Response:
    templates = services(request).templates
    where["class"] = request.path_params["class"]
    return RedirectResponse(templates.path_for(request, name, **where), 303)


ALL = "/classes/{class}/assignments"
ONE = ALL + "/{assignment}"

ROUTES = [
    Door(ALL, index, name="assignments", methods=["GET"], rule=INSTRUCTORS),
    Door(ALL, create, name="give-work", methods=["POST"], rule=INSTRUCTORS),
    Door(ALL + "/new", plan, name="plan-work", methods=["GET"], rule=INSTRUCTORS),
    Door(ONE, show, name="assignment", methods=["GET"], rule=INSTRUCTORS),
    Door(ONE + "/edit", edit, name="edit-work", methods=["GET"], rule=INSTRUCTORS),
    Door(ONE + "/edit", change, name="change-work", methods=["POST"], rule=INSTRUCTORS),
    Door(ONE + "/delete", delete, name="delete-work", methods=["POST"], rule=INSTRUCTORS),
]
