"""The baseline: a bare Starlette route that renders the card from memory with Jinja2.

The same card by the same templates, byte for byte what the app sends for it; but no database, no
middleware, no learner. What it does per second is what the goals are shares of.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from quiz.core.kinds import Seed
from quiz.core.rounds import Round
from quiz.core.views import CardPage
from quiz.paths import STATIC
from quiz.web.static import StaticTree
from quiz.web.templates import environment
from tests.bench.learners import questions
from tests.bench.pack import A_TOPIC

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
ADDRESSES = {
    "home": "/",
    "progress": "/progress",
    "settings": "/settings",
    "pack": "/packs/{pack}",
    "card": "/rounds/{round}/cards/{position}",
    "hint": "/rounds/{round}/cards/{position}/hint",
    "next": "/rounds/{round}/next",
    "summary": "/rounds/{round}",
    "report": "/rounds/{round}/cards/{position}/report",
    "sign-in": "/sign-in",
}


def baseline_app(pack: Path) -> Starlette:
    """Return the app: `/` is the card in place, `/page` the whole page around it."""
    template = environment().get_template("pages/card.html")
    static = StaticTree(STATIC)
    values: dict[str, Any] = {
        "page": card(pack),
        "keys": True,
        "static": static.address,
        "integrity": static.integrity,
        "url_for": lambda name, **params: ADDRESSES[name].format(**params),
    }

    async def in_place(request: Request) -> Response:
        return HTMLResponse("".join(template.blocks["card"](template.new_context(values))))

    async def page(request: Request) -> Response:
        return HTMLResponse(template.render(values))

    return Starlette(routes=[Route("/", in_place), Route("/page", page)])


def card(pack: Path) -> CardPage:
    """Return the first question as the first card of a round."""
    id, question = next(iter(questions(pack).items()))
    wording, secret = question.wording, "5e" * 32
    return CardPage(
        round=Round(1, "r" * 22, 1, "bench", "Bench", None, "practice", secret, 20, NOW, None),
        position=1,
        kind=wording.body.name,
        state="asking",
        stem=wording.stem,
        shared=wording.shared,
        view=wording.body.ask(Seed(bytes.fromhex(secret), id), {}),
        review=None,
        hints=(),
        hints_left=len(question.commentary.hints),
        error="",
        verdict=None,
        marks=("",) * A_TOPIC,
        next_position=2,
    )


def serve(app: Starlette) -> None:
    """Serve an app of the benchmark as `quiz serve` serves ours."""
    port = int(os.environ["PORT"])
    uvicorn.run(app, port=port, access_log=False, log_level="warning", server_header=False)


if __name__ == "__main__":
    serve(baseline_app(Path(os.environ["PACK"])))
