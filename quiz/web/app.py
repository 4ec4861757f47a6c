"""The app: middleware, routes and a lifespan that opens and closes the database."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.middleware import Middleware

from quiz.config import Settings, settings
from quiz.paths import STATIC
from quiz.people.hashing import Hasher
from quiz.people.signing_in import Ways
from quiz.practice.desk import Desk
from quiz.storage.engine import connected
from quiz.storage.library import Library
from quiz.storage.recorder import recording
from quiz.storage.sole import sole_process
from quiz.teaching.analysis import analysing
from quiz.web import errors
from quiz.web.forms import DATA, MAX_BODY, MAX_FILE
from quiz.web.routes import routes
from quiz.web.security import CleanPath, KnownHosts, Prefix, SameOrigin, SecurityHeaders
from quiz.web.services import AppState, Services
from quiz.web.static import StaticTree
from quiz.web.templates import Templates
from quiz.web.throttle import GuessLimit, Limit, Throttle

MAX_SIGN_INS = 20
"""How often one network address may try to sign in within a minute."""
MAX_FILES = 5
"""How many files one network address may bring in within a minute."""


def utc_now() -> datetime:
    """Read the clock: the only place of the web that does."""
    return datetime.now(UTC)  # noqa: TID251


def unguessable() -> str:
    """Draw some 256 bits of chance, URL-safe; what begins so is no formula in a spreadsheet."""
    drawn = secrets.token_urlsafe(32)
    return drawn if drawn[0].isalnum() else unguessable()


def _limits(config: Settings) -> dict[str, Limit]:
    """Return how often one network address may post to a path and what lies below it."""
    return {
        "/rounds": Limit(config.max_starts, "rounds a minute can be started", deep=False),
        "/join": Limit(config.max_starts, "classes a minute can be joined"),
        DATA: Limit(MAX_FILES, "files a minute can be brought in", deep=False),
        "/sign-in": Limit(MAX_SIGN_INS, "times a minute people can sign in"),
    }


def _guards(config: Settings, clock: Callable[[], datetime]) -> list[Middleware]:
    """Return what stands in front of every route, the outermost first."""
    return [
        Middleware(Prefix, prefix=config.prefix),
        Middleware(SecurityHeaders, secure=config.secure),
        Middleware(KnownHosts, hosts=config.hosts),
        Middleware(CleanPath),
        Middleware(errors.BodyLimit, max_body_size=MAX_BODY, files={DATA: MAX_FILE}),
        Middleware(SameOrigin, origin=config.origin),
        Middleware(Throttle, limits=_limits(config), clock=clock),
        Middleware(GuessLimit, clock=clock),
    ]


def create_app(
    config: Settings | None = None,
    *,
    clock: Callable[[], datetime] = utc_now,
    chance: Callable[[], str] = unguessable,
    hashing: PasswordHasher | None = None,
) -> Starlette:
    """Return the app for these settings, by default those of the environment.

    It expects a migrated database: `quiz serve` migrates and publishes before. `hashing` may make
    passwords cheaper or dearer than usual.
    """
    config = config or settings()
    static = StaticTree(STATIC)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[AppState, None]:
        templates = Templates(static, app.url_path_for)
        async with connected(config.database_url) as database:
            with sole_process(database):
                library = Library()
                async with (
                    recording(database.writing) as recorder,
                    analysing(database, library, clock) as analyst,
                ):
                    desk = Desk(database, recorder, chance, library)
                    ways = Ways(database, Hasher(hashing), chance)
                    found = Services(config, desk, ways, analyst, templates, clock)
                    yield {"services": found}

    return Starlette(
        routes=[*routes(), static.mount()],
        middleware=_guards(config, clock),
        exception_handlers=errors.HANDLERS,
        lifespan=lifespan,
    )
