"""The ids of a pack: each once, none that was given up, and one proposed where none is given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from quiz.core.blocks import Heading, Place
from quiz.core.exchange import slug
from quiz.core.kinds import Report
from quiz.packs.frontmatter import Value

KINDS = ("topic", "question", "objective", "misconception")
"""What has ids of its own; a former id is one of the same kind."""

PROPOSED = re.compile(r"<!-- id: ([a-z0-9-]+) -->")
"""How W101 names the id that is free for a heading."""


class Identities:
    """Takes all that has an id (E103, W101, E603, E604); `retired` maps an id to its reason."""

    def __init__(self, report: Report, retired: Mapping[str, str]) -> None:
        self.report, self.retired = report, retired
        self.living: dict[str, dict[str, Place]] = {kind: {} for kind in KINDS}
        self.former: dict[str, list[Value]] = {kind: [] for kind in KINDS}
        self.nameless: list[tuple[Heading, dict[str, Place]]] = []
        self.tried: Counter[str] = Counter()

    def take(self, heading: Heading, said: Value | None) -> None:
        """Take the id of a topic, question or section of prose; None where it has none."""
        taken = self.living[kind_of(heading)]
        if said is None:
            self.nameless.append((heading, taken))
            return
        first = taken.setdefault(said.text, said.place)
        if first != said.place:
            where = f"It is taken at {first.file}:{first.line}."
            self.report(said.place, "E103", f"the id '{said.text}' is used twice", where)

    def declare(self, kind: str, id: str, was: str, place: Place) -> None:
        """Take the id of an objective or misconception, and its former one, or ""."""
        self.living[kind][id] = place
        if was:
            self.rename(kind, Value(was, place))

    def rename(self, kind: str, was: Value) -> None:
        """Take a former id of one of that kind."""
        self.former[kind].append(was)

    def report_reused(self) -> None:
        """Report ids that were given up (E603), and former ids that others have (E604)."""
        for kind, living in self.living.items():
            for id, place in living.items():
                if id in self.retired:
                    hint = f"It was given up: “{self.retired[id]}” Choose another id."
                    self.report(place, "E603", f"the id '{id}' was retired", hint)
            claimed: dict[str, Place] = {}
            for was in self.former[kind]:
                first = claimed.setdefault(was.text, was.place)
                if was.text in living:
                    message = f"`was: {was.text}` names an id that the pack still has"
                    hint = "Name the former id of this one, or remove it."
                    self.report(was.place, "E604", message, hint)
                elif first != was.place:
                    message = f"`was: {was.text}` is said of two"
                    hint = f"Only one can go on as it; see {first.file}:{first.line}."
                    self.report(was.place, "E604", message, hint)

    def report_nameless(self) -> None:
        """Report what has no id (W101), once all ids are known."""
        for heading, taken in self.nameless:
            name = self._propose(heading.text.plain, taken)
            taken[name] = heading.place
            hint = f"Paste under its heading: <!-- id: {name} -->"
            self.report(heading.place, "W101", f"this {kind_of(heading)} has no id", hint)

    def _propose(self, title: str, taken: Mapping[str, Place]) -> str:
        """Return an id made from a title that is not taken."""
        base = slug(title)
        while True:
            self.tried[base] += 1
            count = self.tried[base]
            name = f"{base}-{count}" if count > 1 else base
            if len(name) > 1 and name not in taken and name not in self.retired:
                return name


def kind_of(heading: Heading) -> str:
    """Return `topic` or `question`, which a section of prose is, too."""
    return "question" if heading.level > 1 else "topic"
