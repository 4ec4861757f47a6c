"""The ids of topics and questions: each once, and one proposed where none is given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from quiz.core.blocks import Heading, Place
from quiz.core.kinds import Report
from quiz.packs.frontmatter import Value

PROPOSED = re.compile(r"<!-- id: ([a-z0-9-]+) -->")
"""How W101 names the id that is free for a heading."""


class Identities:
    """Takes the headings of a pack and their ids (E103, W101)."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.topics: dict[str, Place] = {}
        self.questions: dict[str, Place] = {}
        self.nameless: list[tuple[Heading, dict[str, Place]]] = []
        self.tried: Counter[str] = Counter()

    def take(self, heading: Heading, said: Value | None) -> None:
        """Take the id of a topic, question or section of prose; None where it has none."""
        taken = self.questions if heading.level > 1 else self.topics
        if said is None:
            self.nameless.append((heading, taken))
            return
        first = taken.setdefault(said.text, said.place)
        if first != said.place:
            where = f"It is taken at {first.file}:{first.line}."
            self.report(said.place, "E103", f"the id '{said.text}' is used twice", where)

    def report_nameless(self) -> None:
        """Report what has no id (W101), once all ids are known."""
        for heading, taken in self.nameless:
            name = self._propose(heading.text.plain, taken)
            taken[name] = heading.place
            what = "question" if heading.level > 1 else "topic"
            hint = f"Paste under its heading: <!-- id: {name} -->"
            self.report(heading.place, "W101", f"this {what} has no id", hint)

    def _propose(self, title: str, taken: Mapping[str, Place]) -> str:
        """Return an id made from a title that is not taken."""
        base = id_from(title)
        while True:
            self.tried[base] += 1
            count = self.tried[base]
            name = f"{base}-{count}" if count > 1 else base
            if len(name) > 1 and name not in taken:
                return name


def id_from(title: str) -> str:
    """Return the first words of a title as an id."""
    words = re.findall(r"[a-z0-9]+", title.lower())[:6]
    return "-".join(words)[:56].strip("-") or "question"
