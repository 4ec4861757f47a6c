"""A class at a look."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from quiz.core.definitions import DEFINITIONS, FLAGS
from quiz.practice.rehearsal import rehearse
from quiz.teaching import classroom
from quiz.teaching.assignments import work_list
from quiz.teaching.beliefs import belief_page
from quiz.teaching.pupil import pupil_page
from quiz.teaching.questions import question_page
from quiz.web.access import INSTRUCTORS, Door, person_of
from quiz.web.forms import id_of
from quiz.web.services import services


async def overview(request: Request) -> Response:
    app, asked = services(request), request.query_params
    page = await classroom.overview(
        app.desk.database,
        person_of(request),
        request.path_params["class"],
        pack_id=asked.get("pack", ""),
        sort=asked.get("sort", "name"),
        find=asked.get("find", ""),
        now=app.clock(),
    )
    work = await work_list(app.desk.database, person_of(request), page.class_id)
    return app.templates.render(
        request, "classes/overview.html", pack=page.pack_id, page=page, list=work
    )


async def pupil(request: Request) -> Response:
    app, asked, where = services(request), request.query_params, request.path_params
    page = await pupil_page(
        app.desk.database,
        app.desk.library,
        person_of(request),
        where["class"],
        where["pupil"],
        pack_id=asked.get("pack", ""),
        before=id_of(asked.get("before", "")),
    )
    return app.templates.render(request, "classes/pupil.html", pack=page.pack_id, page=page)


async def beliefs(request: Request) -> Response:
    app = services(request)
    page = await belief_page(
        app.desk.database,
        person_of(request),
        request.path_params["class"],
        pack_id=request.query_params.get("pack", ""),
    )
    return app.templates.render(request, "classes/beliefs.html", pack=page.pack_id, page=page)


async def question(request: Request) -> Response:
    app, where = services(request), request.path_params
    page = await question_page(
        app.desk.database,
        app.desk.library,
        person_of(request),
        where["class"],
        where["pack"],
        where["question"],
    )
    look = await app.analyst.look(page.scope, page.pack_id, "practice")
    return app.templates.render(
        request,
        "classes/question.html",
        pack=page.pack_id,
        page=page,
        look=look,
        analysed=look.analysis.question(page.question.id) if look.analysis else None,
        answered=rehearse(page.question).right,
        definitions=DEFINITIONS,
        flags=FLAGS,
    )


CLASS = "/classes/{class}"

ROUTES = [
    Door(CLASS, overview, name="class", methods=["GET"], rule=INSTRUCTORS),
    Door(f"{CLASS}/learners/{{pupil}}", pupil, name="pupil", methods=["GET"], rule=INSTRUCTORS),
    Door(
        f"{CLASS}/questions/{{pack}}/{{question}}",
        question,
        name="class-question",
        methods=["GET"],
        rule=INSTRUCTORS,
    ),
    Door(f"{CLASS}/beliefs", beliefs, name="class-beliefs", methods=["GET"], rule=INSTRUCTORS),
]
