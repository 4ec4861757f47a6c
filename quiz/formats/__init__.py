"""Other forms of a pack, found by their module names: a new format is a new module.

A format has `write(pack)`, which returns the bytes of a file and what it could not hold, or
`read(data, file)`, which returns a pack and what it could not take, or both.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import ModuleType

from quiz.core.exchange import Reader, Writer


@cache
def writers() -> Mapping[str, Writer]:
    """Return what writes a pack, by the name of its format."""
    return {name: module.write for name, module in _modules() if hasattr(module, "write")}


@cache
def readers() -> Mapping[str, Reader]:
    """Return what reads a file as a pack, by the name of its format."""
    return {name: module.read for name, module in _modules() if hasattr(module, "read")}


def _modules() -> list[tuple[str, ModuleType]]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return [(name, importlib.import_module(f"{__name__}.{name}")) for name in names]
