"""A JSON file read entry by entry, so that a long one, or a hostile one, takes no memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import BinaryIO, NamedTuple

import ijson
from ijson.common import ObjectBuilder

from quiz.core.errors import FormError
from quiz.core.kinds import JSON

FILE = "file"
"""The field of the form that holds the file."""
DEEPEST = 16
"""Objects and lists within each other."""
MOST_VALUES = 2_000
"""Values in one entry."""
LONGEST = 50_000
"""Characters of one text: a whole answer fits, however it is kept."""
STEP = 65_536
"""Bytes that are read at a time."""

STARTS, ENDS = {"start_map", "start_array"}, {"end_map", "end_array"}


class Entry(NamedTuple):
    """A value of the file: `name` is its key at the top.

    `number` is its place in a list there, from 0, and None for what is no list.
    """

    name: str
    number: int | None
    value: JSON


class _Walk:
    """Where in the file the events have come to."""

    def __init__(self, names: Collection[str]) -> None:
        self.names = names
        self.depth = self.values = 0
        self.name = ""
        self.number: int | None = None
        self.builder: ObjectBuilder | None = None

    def take(self, event: str, value: JSON) -> Entry | None:
        """Go on by one event; return the entry that it ends."""
        self.depth -= event in ENDS
        if self.depth == 1 and event == "map_key":
            self.name, self.number = value, None
        elif self.builder is None and self.depth == 1 and event == "start_array":
            self.number = -1
        elif self.depth > 0 and self.name in self.names and event not in self._closing():
            self._build(event, value)
        self.depth += event in STARTS
        _refuse(self.depth > DEEPEST, "is nested too deeply")
        return self._ended()

    def _closing(self) -> set[str]:
        """Return the events that end what holds entries, where that is where we are."""
        return ENDS if self.builder is None else set()

    def _build(self, event: str, value: JSON) -> None:
        if self.builder is None:
            self.builder, self.values = ObjectBuilder(), 0
            if self.number is not None:
                self.number += 1
        self.values += 1
        _refuse(self.values > MOST_VALUES, "holds more than an answer can")
        if isinstance(value, str):
            _refuse(len(value) > LONGEST, "holds more than an answer can")
            _refuse("\0" in value, "holds a NUL character")
        self.builder.event(event, value)

    def _ended(self) -> Entry | None:
        if self.builder is None or self.builder.containers:
            return None
        entry = Entry(self.name, self.number, self.builder.value)
        self.builder = None
        return entry


def entries(file: BinaryIO, names: Collection[str]) -> Iterator[Entry]:
    """Yield what a file holds under some names at its top, each entry of a list by itself.

    Raises FormError for what is no JSON object, or is larger somewhere than it can be.
    """
    walk = _Walk(names)
    try:
        for event, value in ijson.basic_parse(file, use_float=True, buf_size=STEP):
            _refuse(not walk.depth and event != "start_map", "is no JSON object")
            entry = walk.take(event, value)
            if entry:
                yield entry
    except ijson.JSONError:
        _refuse(True, "is no JSON, or was cut short")


def _refuse(wrong: bool, what: str) -> None:
    if wrong:
        raise FormError(
            FILE,
            f"Nothing was brought in: the file {what}. Choose the file as it was taken out.",
        )
