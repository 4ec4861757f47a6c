"""Other forms of a pack, found by their module names: a new format is a new module.

A format has `write(pack)`, which returns the bytes of a file and what it could not hold, or
`read(data, file)`, which returns a pack and what it could not take, or both. One whose files say
when they were written has `write_at(pack, now)` instead of `write`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from types import ModuleType

from quiz.core.exchange import Reader, Writer

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def writers(now: datetime = LONG_AGO) -> Mapping[str, Writer]:
    """Return what writes a pack at this time, by the name of its format."""
    found = {name: module.write for name, module in _modules() if hasattr(module, "write")}
    dated = ((name, module) for name, module in _modules() if hasattr(module, "write_at"))
    found |= {name: partial(module.write_at, now=now) for name, module in dated}
    return dict(sorted(found.items()))


@cache
def readers() -> Mapping[str, Reader]:
    """Return what reads a file as a pack, by the name of its format."""
    return {name: module.read for name, module in _modules() if hasattr(module, "read")}


@cache
def _modules() -> Sequence[tuple[str, ModuleType]]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return [(name, importlib.import_module(f"{__name__}.{name}")) for name in names]
