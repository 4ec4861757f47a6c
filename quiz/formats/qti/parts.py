"""The parts of an item, as the kinds make them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from xml.etree import ElementTree as ET

from quiz.core.packs import Picture
from quiz.core.questions import Question
from quiz.formats.qti.markup import Node, node

RESPONSE = "RESPONSE"


class Lose(Protocol):
    """Notes a loss."""

    def __call__(self, what: str, said: str = "") -> None: ...


@dataclass(slots=True)
class Item:
    """The parts of an item as they are made; `feedback` is the cardinality of what is said."""

    question: Question
    pictures: tuple[Picture, ...]
    lose: Lose
    declarations: list[Node] = field(default_factory=list)
    body: list[Node] = field(default_factory=list)
    processing: list[Node] = field(default_factory=list)
    feedback: str = ""

    @property
    def payload(self) -> Any:
        """What the kind dumps."""
        return self.question.wording.body.dump()

    @property
    def partial(self) -> bool:
        """Whether shares of the points are given."""
        return self.question.wording.score == "partial"

    def declare(self, name: str, cardinality: str, base: str, values: Sequence[str]) -> Node:
        """Declare a response with its right values."""
        made = ET.Element(
            "responseDeclaration", identifier=name, cardinality=cardinality, baseType=base
        )
        if values:
            right = node(made, "correctResponse")
            for value in values:
                node(right, "value", value)
        self.declarations.append(made)
        return made

    def show(self, tag: str, **attributes: str) -> Node:
        """Add an element to the body."""
        made = ET.Element(tag, attributes)
        self.body.append(made)
        return made

    def score(self, condition: Node) -> None:
        """Give one point where a condition holds."""
        rule = ET.Element("responseCondition")
        test = node(rule, "responseIf")
        test.append(condition)
        node(node(test, "setOutcomeValue", identifier="SCORE"), "baseValue", "1", baseType="float")
        self.processing.append(rule)

    def score_shares(self) -> None:
        """Give what the mapping of the response says."""
        rule = ET.Element("setOutcomeValue", identifier="SCORE")
        node(rule, "mapResponse", identifier=RESPONSE)
        self.processing.append(rule)
