"""The front matter: YAML whose every value is read as text, with its place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import yaml

from quiz.core.blocks import Place
from quiz.core.drafts import did_you_mean
from quiz.core.kinds import Report
from quiz.packs.reader import MAX_BLOCK

FORMAT = "quizpack/1"
NEEDED = ("format", "id", "title")
TEXTS = frozenset(
    {"format", "id", "title", "description", "license", "language", "version", "source"}
    | {"setup", "style"}
)
LISTS = frozenset({"authors", "tested-with"})
MAPPINGS = frozenset({"defaults", "retired"})
DEEPEST = 3
"""The mapping itself, `defaults`, and its list of tags."""

SHOWN = "Start the file with `---`, `format: quizpack/1`, `id: …`, `title: …`, `---`."


YAML_HINT = "Write `key: value` lines; put a value with odd signs into quotes."

ESCAPED = re.compile(r"\\(?:0|u[dD][89a-fA-F]|U0000[dD][89a-fA-F]|x[01])")
"""YAML escapes of signs that no page and no database takes: surrogates and control characters."""


@dataclass(frozen=True, slots=True)
class Value:
    """A text of the front matter, with where it stands."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter says: texts, lists and mappings by key."""

    texts: Mapping[str, Value] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mappings: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    readable: bool = True

    def text(self, key: str) -> str:
        """Return the text of a key, "" where it is missing."""
        value = self.texts.get(key)
        return value.text if value else ""


def cut(text: str, place: Place, report: Report) -> tuple[str | None, str]:
    """Return the YAML, None without any, and the text with empty lines in its place."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None, text
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        report(place, "E002", "the front matter is never closed", "Close it with a line `---`.")
        return None, ""
    return "\n".join(lines[1:end]), "\n".join([""] * (end + 1) + lines[end + 1 :])


def read_front_matter(text: str, place: Place, report: Report) -> FrontMatter:
    """Return what the YAML under `place` says; what is not allowed is reported (E002 to E004)."""
    if len(text) > MAX_BLOCK:
        report(place, "E121", "the front matter is too large", "Shorten it.")
        return FrontMatter(readable=False)
    reader = _Reader(place, report)
    try:
        if not reader.is_plain(text):
            return FrontMatter(readable=False)
        if ESCAPED.search(text):
            hint = "Write the sign itself instead of its number."
            report(place, "E002", "an escape such as `\\ud800` or `\\0` in the front matter", hint)
            return FrontMatter(readable=False)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        reader.report_error(text, error)
        return FrontMatter(readable=False)
    if node is not None and not isinstance(node, yaml.MappingNode):
        reader.invalid(node, "the front matter is no mapping", "Write `key: value` lines.")
        return FrontMatter(readable=False)
    for key, value in reader.pairs(node) if node else ():
        reader.take(key, value)
    front = FrontMatter(reader.texts, reader.lists, reader.mappings, not reader.failed)
    _report_missing(front, place, report)
    return front


class _Mark(Protocol):
    """A place in YAML, whichever of its two parsers made it."""

    line: int
    column: int


class _Reader:
    def __init__(self, place: Place, report: Report) -> None:
        self.start, self.report, self.failed = place, report, False
        self.texts: dict[str, Value] = {}
        self.lists: dict[str, tuple[str, ...]] = {}
        self.mappings: dict[str, Mapping[str, Value]] = {}

    def place(self, mark: _Mark | None) -> Place:
        if mark is None:
            return self.start
        return Place(self.start.file, self.start.line + 1 + mark.line, mark.column + 1)

    def invalid(self, node: yaml.Node | yaml.Event, message: str, hint: str) -> None:
        self.failed = True
        self.report(self.place(node.start_mark), "E002", message, hint)

    def report_error(self, text: str, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None)
        place = self.place(mark)
        lines = text.split("\n")
        if mark is not None and mark.line >= len(lines):
            place = self.place(None).below(len(lines))
        problem = getattr(error, "problem", None) or getattr(error, "reason", "")
        self.report(place, "E002", f"the front matter is not valid YAML: {problem}", YAML_HINT)

    def is_plain(self, text: str) -> bool:
        """Report aliases, tags and deep nesting before anything is built from them."""
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                self.invalid(event, "anchors and aliases are not allowed", "Repeat the value.")
            elif getattr(event, "tag", None):
                self.invalid(event, "tags are not allowed", "Every value is a text: remove it.")
            elif depth > DEEPEST:
                self.invalid(event, "nested too deeply", "Only `defaults` and `retired` nest.")
            if self.failed:
                return False
        return True

    def pairs(self, node: yaml.MappingNode) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
        """Return the pairs of a mapping whose keys are texts, each once."""
        found: dict[str, tuple[yaml.ScalarNode, yaml.Node]] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.invalid(key, "a key is no text", "Write `key: value`.")
            elif key.value in found:
                self.invalid(key, f"the key '{key.value}' stands twice", "Remove one of them.")
            else:
                found[key.value] = (key, value)
        return list(found.values())

    def take(self, key: yaml.ScalarNode, node: yaml.Node) -> None:
        name = key.value
        if name in MAPPINGS and isinstance(node, yaml.MappingNode):
            inner = ((key.value, self.value(value)) for key, value in self.pairs(node))
            self.mappings[name] = {name: value for name, value in inner if value is not None}
        elif name in LISTS:
            self.lists[name] = tuple(self.items(node))
        elif name in TEXTS and isinstance(node, yaml.ScalarNode):
            self.texts[name] = Value(node.value, self.place(node.start_mark))
        elif name in TEXTS | MAPPINGS:
            kind = "a mapping" if name in MAPPINGS else "a text"
            self.invalid(node, f"`{name}` must be {kind}", YAML_HINT)
        else:
            hint = did_you_mean(name, TEXTS | LISTS | MAPPINGS)
            self.report(self.place(key.start_mark), "E003", f"unknown key '{name}'", hint)

    def value(self, node: yaml.Node) -> Value | None:
        """Return a text, or the texts of a list with commas between them."""
        texts = list(self.items(node))
        return Value(", ".join(texts), self.place(node.start_mark)) if texts else None

    def items(self, node: yaml.Node) -> list[str]:
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        texts = [item.value for item in nodes if isinstance(item, yaml.ScalarNode)]
        for item in itertools.islice((i for i in nodes if not isinstance(i, yaml.ScalarNode)), 1):
            self.invalid(item, "a value must be a text or a list of texts", YAML_HINT)
        return texts


def _report_missing(front: FrontMatter, place: Place, report: Report) -> None:
    missing = [key for key in NEEDED if not front.text(key).strip()]
    if missing and front.readable:
        names = ", ".join(f"`{key}`" for key in missing)
        report(place, "E004", f"the front matter lacks {names}", SHOWN)
    said = front.texts.get("format")
    if said and said.text and said.text != FORMAT:
        report(said.place, "E004", f"format '{said.text}' is not known", f"Write `{FORMAT}`.")
