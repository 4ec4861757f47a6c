"""One module a goal, found by its file name `goal_N`; each has `TITLE` and `measure`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from tests.bench.plan import Bench
from tests.bench.results import Result


class Goal(Protocol):
    """What the module of a goal has."""

    TITLE: str

    def measure(self, bench: Bench) -> Iterator[Result]: ...


def goals() -> Mapping[str, Goal]:
    """Return all goals by number, in order."""
    names = (module.name for module in iter_modules(__path__))
    found = sorted(int(name.removeprefix("goal_")) for name in names if name.startswith("goal_"))
    return {str(n): cast(Goal, import_module(f"{__name__}.goal_{n}")) for n in found}
