"""A pack, and a topic of it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from quiz.practice import pages
from quiz.web.access import ANYONE, Door
from quiz.web.forms import learner_of
from quiz.web.services import services


async def pack(request: Request) -> Response:
    app = services(request)
    pack_id = request.path_params["pack"]
    page = await pages.pack_page(app.desk, learner_of(request), pack_id, now=app.clock())
    return app.templates.render(request, "pages/pack.html", pack=page.id, page=page)


async def topic(request: Request) -> Response:
    app = services(request)
    where = request.path_params
    page = await pages.topic_page(
        app.desk, learner_of(request), where["pack"], where["topic"], now=app.clock()
    )
    return app.templates.render(request, "pages/topic.html", pack=page.pack_id, page=page)


async def picture(request: Request) -> Response:
    """Answer with a picture that a text of the pack shows."""
    where = request.path_params
    found = await pages.picture(services(request).desk, where["pack"], where["path"])
    headers = {"Cache-Control": "private, max-age=3600"}
    return Response(found.data, media_type=found.media_type, headers=headers)


ROUTES = [
    Door("/packs/{pack}", pack, name="pack", methods=["GET"], rule=ANYONE),
    Door("/packs/{pack}/topics/{topic}", topic, name="topic", methods=["GET"], rule=ANYONE),
    Door(
        "/packs/{pack}/pictures/{path:path}", picture, name="picture", methods=["GET"], rule=ANYONE
    ),
]
