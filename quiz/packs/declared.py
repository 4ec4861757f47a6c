"""The lists of objectives and misconceptions: "- `id` sentence (was: old-id)"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quiz.core.blocks import Block, Item, ItemList, Place
from quiz.core.drafts import MISCONCEPTION
from quiz.core.kinds import Report
from quiz.packs.frontmatter import Value
from quiz.packs.meta import is_id
from quiz.packs.sections import PartSection

WAS = re.compile(r"\(was: *([^()]*)\)$")
SHOWN = "Write - `id` and a sentence, one item each."


@dataclass(frozen=True, slots=True)
class Declared:
    """An item of such a list."""

    id: str
    sentence: str
    place: Place
    was: str


class Declarations:
    """Reads such lists of a pack; an id may stand in one of them only (E118, E119)."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.places: dict[str, Place] = {}

    def read(self, parts: Iterable[PartSection], *, beliefs: bool = False) -> list[Declared]:
        """Return the items; with `beliefs` they are misconceptions."""
        found: list[Declared] = []
        for part in parts:
            if not part.blocks:
                self.report(part.place, "E118", f"`{part.name}` holds no list", SHOWN)
            for block in part.blocks:
                found += self._list(block, beliefs)
        return found

    def _list(self, block: Block, beliefs: bool) -> list[Declared]:
        if not isinstance(block, ItemList):
            self.report(block.place, "E118", "only a list may stand here", SHOWN)
            return []
        read = (self._item(item, beliefs) for item in block.items)
        return [declared for declared in read if declared]

    def _item(self, item: Item, beliefs: bool) -> Declared | None:
        leading = item.text.leading_code()
        if leading is None or not leading[1].strip() or len(item.blocks) > 1:
            self.report(item.place, "E118", "this item is no id with a sentence", SHOWN)
            return None
        name, sentence = leading
        if not is_id(Value(name, item.place), self.report, "E118"):
            return None
        if beliefs and not MISCONCEPTION.fullmatch(name):
            hint = "Join two words or more with hyphens: rationales name it so."
            self.report(item.place, "E118", f"'{name}' is no id of a misconception", hint)
            return None
        if name in self.places:
            first = self.places[name]
            message = f"the id '{name}' is used twice"
            self.report(item.place, "E119", message, f"See {first.file}:{first.line}.")
            return None
        self.places[name] = item.place
        was = WAS.search(sentence)
        if "(was:" in sentence and not was:
            hint = "Nothing may follow it: `id` A sentence. (was: old-id)"
            self.report(item.place, "E118", "`(was: …)` does not end this item", hint)
            return None
        if was and not is_id(Value(was[1].strip(), item.place), self.report, "E118"):
            return None
        text = sentence[: was.start()].rstrip() if was else sentence
        return Declared(name, text, item.place, was[1].strip() if was else "")
