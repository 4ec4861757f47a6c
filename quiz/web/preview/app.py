"""The preview as an app of its own: no database, no learner, no form that leads anywhere.

What is to be shown of learners comes from whoever starts it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from quiz.config import HERE
from quiz.core.errors import QuizError
from quiz.paths import STATIC
from quiz.web.preview.news import News, watch
from quiz.web.preview.pages import ROUTES, Listening, Workshop, WorkshopState, trouble
from quiz.web.preview.shelf import Shelf
from quiz.web.security import CleanPath, KnownHosts, Prefix, SecurityHeaders
from quiz.web.static import StaticTree
from quiz.web.templates import Templates


@asynccontextmanager
async def deaf() -> AsyncGenerator[None, None]:
    """Listen to nobody."""
    yield None


def create_preview(shelf: Shelf, news: News, listening: Listening = deaf) -> Starlette:
    """Return the app that shows the packs of a shelf and tells its pages of every save.

    `listening` is opened while it runs, and asked at each look at a topic.
    """
    static = StaticTree(STATIC)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[WorkshopState, None]:
        watching = asyncio.create_task(watch(shelf.paths, news))
        async with listening() as hear:
            yield {"workshop": Workshop(shelf, news, Templates(static, app.url_path_for), hear)}
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching

    return Starlette(
        routes=[*ROUTES, static.mount()],
        middleware=[
            Middleware(Prefix, prefix=""),
            Middleware(SecurityHeaders, secure=False),
            Middleware(KnownHosts, hosts=HERE),
            Middleware(CleanPath),
        ],
        exception_handlers={HTTPException: trouble, QuizError: trouble},
        lifespan=lifespan,
    )
