"""One file a page, found by its name: each module brings its `ROUTES`."""

from __future__ import annotations

import importlib
import pkgutil
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from quiz.storage.transactions import persistent


def routes() -> list[BaseRoute]:
    """Return the routes of every module here."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = (importlib.import_module(f"{__name__}.{name}") for name in names)
    return [_persistent(route) for module in modules for route in module.ROUTES]


def _persistent(route: Route) -> Route:
    """Let a page be made again where the database fails in passing: what was posted is kept."""

    @wraps(route.endpoint)
    async def endpoint(request: Request) -> Response:
        response: Response = await persistent(lambda: route.endpoint(request))
        return response

    return Route(route.path, endpoint, name=route.name, methods=_methods(route))


def _methods(route: Route) -> list[str]:
    return sorted(route.methods or ())
