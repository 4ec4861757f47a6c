"""One file a page, found by its name: each module brings its `ROUTES`."""

from __future__ import annotations

import importlib
import pkgutil

from starlette.routing import BaseRoute


def routes() -> list[BaseRoute]:
    """Return the routes of every module here."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = (importlib.import_module(f"{__name__}.{name}") for name in names)
    return [route for module in modules for route in module.ROUTES]
