"""A round: started, gone on with, and its summary."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quiz.core.kinds import Form
from quiz.core.rounds import SIZES
from quiz.practice import assignments, rounds
from quiz.practice.cards import card_page
from quiz.practice.rounds import Started
from quiz.web.access import ANYONE, Door
from quiz.web.forms import cookie_of, learner_of, number_of, one, read_form, remember
from quiz.web.htmx import wants_fragment
from quiz.web.services import services

STARTABLE = ("practice", "review")


async def start(request: Request) -> Response:
    """Start a round and go to its first card."""
    form = await read_form(request)
    started = await _started(request, form)
    response = _to_card(request, started.round_id, 1)
    remember(request, response, started.cookie)
    return response


async def go_on(request: Request) -> Response:
    """Go to the next unanswered card, or to the summary after the last."""
    app = services(request)
    round_id, digest = request.path_params["round"], learner_of(request)
    after = number_of(one(await read_form(request), "after"))
    position = await rounds.go_on(app.desk, digest, round_id, after=after, now=app.clock())
    if position is None:
        return _to_summary(request, round_id)
    if not wants_fragment(request):
        return _to_card(request, round_id, position)
    page = await card_page(app.desk, digest, round_id, position)
    address = app.templates.path_for(request, "card", round=round_id, position=position)
    return app.templates.render(
        request,
        "pages/card.html",
        block="card",
        headers={"HX-Push-Url": address},
        pack=page.round.pack_id,
        page=page,
    )


async def summary(request: Request) -> Response:
    app = services(request)
    page = await rounds.summary(
        app.desk, learner_of(request), request.path_params["round"], now=app.clock()
    )
    return app.templates.render(request, "pages/summary.html", page=page)


async def _started(request: Request, form: Form) -> Started:
    app = services(request)
    cookie, redo, work = cookie_of(request), one(form, "redo"), one(form, "assignment")
    if work:
        return await assignments.start_work(app.desk, cookie, work, now=app.clock())
    if redo:
        return await rounds.redo_round(app.desk, cookie, round_id=redo, now=app.clock())
    return await rounds.start_round(
        app.desk,
        cookie,
        pack_id=one(form, "pack"),
        topic_id=one(form, "topic") or None,
        size=_size(one(form, "size")),
        mode=_mode(one(form, "mode")),
        now=app.clock(),
    )


def _size(text: str) -> int:
    sizes = {str(size): size for size in SIZES}
    if text in sizes:
        return sizes[text]
    raise HTTPException(400, f"A round has {', '.join(sizes)} questions, not “{text[:20]}”.")


def _mode(text: str) -> str:
    if text in STARTABLE:
        return text
    raise HTTPException(400, f"A round is for {' or '.join(STARTABLE)}, not “{text[:20]}”.")


def _to_card(request: Request, round_id: str, position: int) -> Response:
    where = {"round": round_id, "position": position}
    return RedirectResponse(services(request).templates.path_for(request, "card", **where), 303)


def _to_summary(request: Request, round_id: str) -> Response:
    address = services(request).templates.path_for(request, "summary", round=round_id)
    if wants_fragment(request):
        return Response(status_code=204, headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)


ROUTES = [
    Door("/rounds", start, name="rounds", methods=["POST"], rule=ANYONE),
    Door("/rounds/{round}", summary, name="summary", methods=["GET"], rule=ANYONE),
    Door("/rounds/{round}/next", go_on, name="next", methods=["POST"], rule=ANYONE),
]
