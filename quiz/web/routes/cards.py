"""A card: shown, answered, helped with a hint."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quiz.core.reports import Reporting
from quiz.core.views import CardPage
from quiz.practice import answers
from quiz.practice.cards import card_page
from quiz.web.access import ANYONE, Door
from quiz.web.forms import learner_of, number_of, read_form
from quiz.web.htmx import wants_fragment
from quiz.web.services import services


async def card(request: Request) -> Response:
    round_id, position = _address(request)
    page = await card_page(services(request).desk, learner_of(request), round_id, position)
    return _show(request, page)


async def answer(request: Request) -> Response:
    app = services(request)
    round_id, position = _address(request)
    form = await read_form(request)
    page = await answers.answer(
        app.desk, learner_of(request), round_id, position, form, now=app.clock()
    )
    if page.state == "asking":  # unreadable, or lines moved: what was typed lives in this page
        return _show(request, page)
    return _show_at_its_address(request, page)


async def hint(request: Request) -> Response:
    round_id, position = _address(request)
    form = await read_form(request)
    desk = services(request).desk
    page = await answers.open_hint(desk, learner_of(request), round_id, position, form)
    return _show_at_its_address(request, page)


def _address(request: Request) -> tuple[str, int]:
    return request.path_params["round"], number_of(request.path_params["position"])


def _show(request: Request, page: CardPage) -> Response:
    return services(request).templates.render(
        request,
        "pages/card.html",
        block="card",
        status=422 if page.error else 200,
        pack=page.round.pack_id,
        page=page,
        report=Reporting(sent="reported" in request.query_params),
    )


def _show_at_its_address(request: Request, page: CardPage) -> Response:
    """Answer htmx with the card, and everybody else with the way to it."""
    if wants_fragment(request) or page.error:
        return _show(request, page)
    templates = services(request).templates
    where = {"round": page.round.public_id, "position": page.position}
    return RedirectResponse(templates.path_for(request, "card", **where), 303)


CARD = "/rounds/{round}/cards/{position}"

ROUTES = [
    Door(CARD, card, name="card", methods=["GET"], rule=ANYONE),
    Door(CARD, answer, name="answer", methods=["POST"], rule=ANYONE),
    Door(CARD + "/hint", hint, name="hint", methods=["POST"], rule=ANYONE),
]
