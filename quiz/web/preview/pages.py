"""The pages of the preview. Each look reads again what has changed; nothing is written or run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, TypedDict, cast

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from quiz.core.definitions import DEFINITIONS, FLAGS
from quiz.core.errors import NotFoundError, OperatorError, QuizError
from quiz.core.hearing import Beside, PackHeard, beside
from quiz.core.questions import Question
from quiz.packs.revision import rev
from quiz.practice.rehearsal import Rehearsal, rehearse
from quiz.web.preview.news import News
from quiz.web.preview.shelf import Shelf
from quiz.web.preview.views import Entry, TopicDraft
from quiz.web.templates import Templates

RETRY_MS = 500
"""How soon a page looks for a preview that was stopped and may be started again."""


Hear = Callable[[str], Awaitable[PackHeard | None]]
"""Tells what learners let an author know of a pack, None for one that is not published."""
Listening = Callable[[], AbstractAsyncContextManager[Hear | None]]
"""Opens, for as long as a preview runs, a way to hear it, or None for none."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the pages work with; `hear` is None where nothing is shown of learners."""

    shelf: Shelf
    news: News
    templates: Templates
    hear: Hear | None = None


class WorkshopState(TypedDict):
    """What the lifespan hands to every request."""

    workshop: Workshop


@dataclass(frozen=True, slots=True)
class Shown:
    """A question with its cards; `rehearsal` is None where it cannot be read.

    `beside` is what was heard of it, None where nobody listens or the pack is not published.
    """

    entry: Entry
    rehearsal: Rehearsal | None
    beside: Beside | None


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
    heard, unheard = await _heard(request, pack.id)
    shown = await asyncio.to_thread(_shown, found, heard)
    return _render(
        request,
        "preview/topic.html",
        pack=pack.key,
        page=pack,
        topic=found,
        shown=shown,
        heard=heard,
        unheard=unheard,
        definitions=DEFINITIONS,
        flags=FLAGS,
    )


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


async def _heard(request: Request, pack_id: str) -> tuple[PackHeard | None, str]:
    """Return what was heard of a pack, and why nothing was: "" where something was or none asks."""
    hear = workshop(request).hear
    if hear is None:
        return None, ""
    if not pack_id:
        return None, "Nothing is known of learners: the pack has no id that can be read."
    try:
        heard = await hear(pack_id)
    except OperatorError as error:
        return None, f"Nothing is known of learners now. {error}"
    return heard, "" if heard else "Nothing is known of learners: the pack is not published."


def _shown(topic: TopicDraft, heard: PackHeard | None) -> list[Shown]:
    return [_one(entry, entry.question, heard) for entry in topic.entries]


def _one(entry: Entry, question: Question | None, heard: PackHeard | None) -> Shown:
    if question is None:
        return Shown(entry, None, None)
    known = beside(heard, question, rev(question)) if heard else None
    return Shown(entry, rehearse(question), known)


def _render(request: Request, name: str, *, status: int = 200, **context: Any) -> Response:
    return workshop(request).templates.render(request, name, status=status, **context)


ROUTES = [
    Route("/", index, name="home", methods=["GET"]),
    Route("/news", news, name="news", methods=["GET"]),
    Route("/packs/{pack}/topics/{topic}", topic, name="topic", methods=["GET"]),
    Route("/packs/{pack}/pictures/{path:path}", picture, name="picture", methods=["GET"]),
]
