"""The rows of an instructor's files: one module a file, found by its name.

Each has the `FILE` of the module of the same name in `quiz/exports/files/`, says its columns, and
makes pages of its records out of a source.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import AsyncIterator, Mapping
from functools import cache
from typing import Protocol, cast

from quiz.exports.lines import Columns, File
from quiz.teaching.source import Source, T, Write


class Rows(Protocol):
    """What the module of a file has."""

    FILE: File

    async def columns(self, source: Source) -> Columns:
        """Return the columns, which may depend on what there is."""

    async def about(self, source: Source) -> int:
        """Return about how many rows there will be, at little cost."""

    def pages(self, source: Source, columns: Columns, write: Write[T]) -> AsyncIterator[T]:
        """Yield what `write` makes of each page: what was there when it began, in a fixed order.

        `write` runs in a thread, as rows are made there while it takes them.
        """


@cache
def files() -> Mapping[str, Rows]:
    """Return the modules of all files by the name of the file, as `gradebook-canvas`."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {
        name.replace("_", "-"): cast(Rows, importlib.import_module(f"{__name__}.{name}"))
        for name in names
    }
