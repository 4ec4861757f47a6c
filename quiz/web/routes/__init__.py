"""One file a page, found by its name: each module brings its `ROUTES`, doors with a rule each."""

from __future__ import annotations

import importlib
import pkgutil
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from quiz.storage.transactions import persistent
from quiz.web.access import Door, guarded


def routes() -> list[BaseRoute]:
    """Return the routes of every module here."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = (importlib.import_module(f"{__name__}.{name}") for name in names)
    return [_opened(door) for module in modules for door in module.ROUTES]


def _opened(door: Door) -> Door:
    """Put its rule in front of a page, and make it again where the database fails in passing.

    What was posted is kept.
    """
    asked = guarded(door.rule, door.endpoint)

    @wraps(door.endpoint)
    async def endpoint(request: Request) -> Response:
        return await persistent(lambda: asked(request))

    methods = sorted(door.methods or ())
    return Door(door.path, endpoint, name=door.name, methods=methods, rule=door.rule)
