"""Other forms of a pack, found by their module names: a new format is a new module.

A format has `write(pack)`, which returns the bytes of a file.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache

from quiz.core.packs import Pack

Writer = Callable[[Pack], bytes]


@cache
def writers() -> Mapping[str, Writer]:
    """Return what writes a pack, by the name of its format."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}").write for name in names}
