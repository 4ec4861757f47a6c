"""The pages of the preview. Each look reads again what has changed; nothing is written or run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, TypedDict, cast

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from quiz.core.errors import NotFoundError, QuizError
from quiz.practice.rehearsal import Rehearsal, rehearse
from quiz.web.preview.news import News
from quiz.web.preview.shelf import Shelf
from quiz.web.preview.views import Entry, TopicDraft
from quiz.web.templates import Templates

RETRY_MS = 500
"""How soon a page looks for a preview that was stopped and may be started again."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the pages work with."""

    shelf: Shelf
    news: News
    templates: Templates


class WorkshopState(TypedDict):
    """What the lifespan hands to every request."""

    workshop: Workshop


@dataclass(frozen=True, slots=True)
class Shown:
    """A question with its cards; `rehearsal` is None where it cannot be read."""

    entry: Entry
    rehearsal: Rehearsal | None


def workshop(request: Request) -> Workshop:
    """Return what the app of this request works with."""
    return cast(Workshop, request.state.workshop)


async def index(request: Request) -> Response:
    shop = workshop(request)
    packs = await asyncio.to_thread(shop.shelf.packs)
    return _render(request, "preview/index.html", packs=packs, paths=shop.shelf.paths)


async def topic(request: Request) -> Response:
    where = request.path_params
    pack = await asyncio.to_thread(workshop(request).shelf.pack, where["pack"])
    found = next((topic for topic in pack.topics if topic.key == where["topic"]), None)
    if found is None:
        raise NotFoundError(f"There is no topic “{where['topic']}” in this pack. Was it renamed?")
    shown = await asyncio.to_thread(_shown, found)
    name = "preview/topic.html"
    return _render(request, name, pack=pack.key, page=pack, topic=found, shown=shown)


async def picture(request: Request) -> Response:
    """Answer with a picture that a text of the pack shows."""
    where = request.path_params
    pack = await asyncio.to_thread(workshop(request).shelf.pack, where["pack"])
    for found in pack.pictures:
        if found.path == where["path"]:
            return Response(found.data, media_type=found.media_type)
    raise NotFoundError("There is no such picture in this pack.")


async def news(request: Request) -> Response:
    """Send one event now and one after each save, as server-sent events."""
    shop = workshop(request)

    async def events() -> AsyncGenerator[str, None]:
        yield f"retry: {RETRY_MS}\n\n"
        async for number in shop.news.listen():
            yield f"data: {number}\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


async def trouble(request: Request, error: Exception) -> Response:
    """Answer with what went wrong: a page that was not found, a path that is gone."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    message = str(error) if isinstance(error, QuizError) else "There is no such page."
    return _render(request, "preview/trouble.html", status=status, message=message)


def _shown(topic: TopicDraft) -> list[Shown]:
    return [
        Shown(entry, rehearse(entry.question) if entry.question else None)
        for entry in topic.entries
    ]


def _render(request: Request, name: str, *, status: int = 200, **context: Any) -> Response:
    return workshop(request).templates.render(request, name, status=status, **context)


ROUTES = [
    Route("/", index, name="home", methods=["GET"]),
    Route("/news", news, name="news", methods=["GET"]),
    Route("/packs/{pack}/topics/{topic}", topic, name="topic", methods=["GET"]),
    Route("/packs/{pack}/pictures/{path:path}", picture, name="picture", methods=["GET"]),
]
