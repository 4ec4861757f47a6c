"""The question kinds, found by their file names: a new kind is a new module and its template."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quiz.core.kinds import Kind


@cache
def kinds() -> Mapping[str, type[Kind]]:
    """Return every kind by its name, sorted by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: kind_of(name) for name in names}


def kind_of(name: str) -> type[Kind]:
    """Return the one class of the module `name` that calls itself by the module's name."""
    module = importlib.import_module(f"{__name__}.{name}")
    classes = (thing for thing in vars(module).values() if isinstance(thing, type))
    kind: type[Kind] = next(thing for thing in classes if getattr(thing, "name", None) == name)
    return kind
