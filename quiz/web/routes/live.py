"""A class at work: a page that is true at every reload, and word when there is something new."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from quiz.teaching.live import changes, class_to_follow, live_page
from quiz.web.access import INSTRUCTORS, Door, person_of
from quiz.web.services import services

RETRY_MS = 500
"""How soon a browser asks again when a stream has ended."""


async def live(request: Request) -> Response:
    app = services(request)
    class_id = request.path_params["class"]
    page = await live_page(app.desk.database, person_of(request), class_id, now=app.clock())
    return app.templates.render(request, "classes/live.html", page=page)


async def news(request: Request) -> Response:
    """Send an event whenever the class has gone on, as server-sent events."""
    app = services(request)
    db, seen = app.desk.database, request.headers.get("last-event-id", "")
    class_id = await class_to_follow(db, person_of(request), request.path_params["class"])
    states = changes(db, class_id, seen, clock=app.clock)

    async def events() -> AsyncGenerator[str, None]:
        yield f"retry: {RETRY_MS}\n\n"
        async for state in states:
            yield f"id: {state}\ndata: changed\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


LIVE = "/classes/{class}/live"

ROUTES = [
    Door(LIVE, live, name="class-live", methods=["GET"], rule=INSTRUCTORS),
    Door(f"{LIVE}/news", news, name="class-news", methods=["GET"], rule=INSTRUCTORS),
]
