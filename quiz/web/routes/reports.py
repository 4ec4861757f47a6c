"""A question reported from its card, and the inbox of who can mend it."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quiz.core.definitions import DEFINITIONS, FLAGS
from quiz.core.errors import AnswerError
from quiz.core.reports import Reporting
from quiz.practice import reports as reporting
from quiz.practice.cards import card_page
from quiz.teaching import reports
from quiz.web.access import ANYONE, AUTHORS, Door, person_of
from quiz.web.forms import learner_of, number_of, one, read_form
from quiz.web.htmx import wants_fragment
from quiz.web.services import services


async def report(request: Request) -> Response:
    """Keep a report and show the same card, which is as it was."""
    app, digest = services(request), learner_of(request)
    round_id, position = request.path_params["round"], number_of(request.path_params["position"])
    text, error = one(await read_form(request), "report"), ""
    try:
        await reporting.report(app.desk, digest, round_id, position, text, now=app.clock())
    except AnswerError as refused:
        error = str(refused)
    if not error and not wants_fragment(request):
        address = app.templates.path_for(request, "card", round=round_id, position=position)
        return RedirectResponse(f"{address}?reported=1#report", 303)
    page = await card_page(app.desk, digest, round_id, position)
    return app.templates.render(
        request,
        "pages/card.html",
        block="report",
        status=422 if error else 200,
        pack=page.round.pack_id,
        page=page,
        report=Reporting(not error, text, error),
    )


async def inbox(request: Request) -> Response:
    app = services(request)
    page = await reports.inbox(app.analyst, pack_id=request.query_params.get("pack", ""))
    return app.templates.render(
        request, "pages/reports.html", page=page, definitions=DEFINITIONS, flags=FLAGS
    )


async def close(request: Request) -> Response:
    app, form = services(request), await read_form(request)
    public_id, outcome = request.path_params["report"], one(form, "outcome")
    await reports.close(app.desk.database, person_of(request), public_id, outcome, now=app.clock())
    pack = one(form, "pack")
    address = app.templates.path_for(request, "reports")
    return RedirectResponse(f"{address}?{urlencode({'pack': pack})}" if pack else address, 303)


REPORT = "/rounds/{round}/cards/{position}/report"

ROUTES = [
    Door(REPORT, report, name="report", methods=["POST"], rule=ANYONE),
    Door("/reports", inbox, name="reports", methods=["GET"], rule=AUTHORS),
    Door("/reports/{report}", close, name="close-report", methods=["POST"], rule=AUTHORS),
]
