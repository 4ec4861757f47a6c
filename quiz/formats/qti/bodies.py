"""How each kind's answer stands in QTI: declarations, an interaction, and the rule of scoring."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from xml.etree import ElementTree as ET

from quiz.core.blanks import pieces
from quiz.core.numbers import normal_number
from quiz.formats.asked import with_points
from quiz.formats.qti.markup import Node, blocks, inline, node
from quiz.formats.qti.parts import RESPONSE, Item


def _map(declared: Node, shares: Mapping[str, float]) -> None:
    mapping = node(declared, "mapping", lowerBound="0", upperBound="1", defaultValue="0")
    for key, share in shares.items():
        node(mapping, "mapEntry", mapKey=key, mappedValue=f"{share:.6f}".rstrip("0").rstrip("."))


def _right(name: str = RESPONSE) -> Node:
    made = ET.Element("match")
    node(made, "variable", identifier=name)
    node(made, "correct", identifier=name)
    return made


def _options(item: Item) -> None:
    options = item.payload
    many = item.question.wording.body.name == "multiple"
    right = [option["key"].upper() for option in options if option["right"]]
    cardinality = "multiple" if many else "single"
    declared = item.declare(RESPONSE, cardinality, "identifier", right)
    kept = item.question.shuffle and item.question.wording.body.name != "truefalse"
    asked = item.show(
        "choiceInteraction",
        responseIdentifier=RESPONSE,
        shuffle="true" if kept else "false",
        maxChoices="0" if many else "1",
    )
    for option in options:
        key = option["key"].upper()
        choice = node(asked, "simpleChoice", identifier=key)
        choice.extend(blocks(option["text"], item.pictures))
        said = item.question.commentary.remarks.get(option["key"])
        if said and said.text:
            item.feedback = cardinality
            shown = node(
                choice,
                "feedbackInline",
                outcomeIdentifier="FEEDBACK",
                identifier=key,
                showHide="show",
            )
            shown.append(inline(said.text))
    if many and item.partial:
        keys = {o["key"].upper(): 1 / len(right) * (1 if o["right"] else -1) for o in options}
        _map(declared, keys)
        item.score_shares()
    else:
        item.score(_right())
    if item.feedback:
        setting = ET.Element("setOutcomeValue", identifier="FEEDBACK")
        node(setting, "variable", identifier=RESPONSE)
        item.processing.append(setting)


def _text(item: Item) -> None:
    payload = item.payload
    item.declare(RESPONSE, "single", "string", payload["accepted"][:1])
    node(item.show("p"), "textEntryInteraction", responseIdentifier=RESPONSE)
    item.score(_accepted(RESPONSE, payload["accepted"], cased=payload["match"] != "text"))
    _lose_feedback(item)


def _number(item: Item) -> None:
    payload = item.payload
    middle = (Decimal(payload["low"]) + Decimal(payload["high"])) / 2
    item.declare(RESPONSE, "single", "float", [normal_number(middle)])
    node(item.show("p"), "textEntryInteraction", responseIdentifier=RESPONSE)
    both = ET.Element("and")
    for test, bound in (("gte", "low"), ("lte", "high")):
        made = node(both, test)
        node(made, "variable", identifier=RESPONSE)
        node(made, "baseValue", payload[bound], baseType="float")
    item.score(both)
    _lose_feedback(item)


def _cloze(item: Item) -> None:
    payload = item.payload
    code = item.show("pre")
    last: Node | None = None
    number = 0
    every = ET.Element("and")
    for at, line in enumerate(pieces(payload["code"])):
        last = _put(code, last, ("\n" if at else "") + line[0])
        for piece in line[1:]:
            number += 1
            name, accepted = f"{RESPONSE}-{number}", payload["accepted"][number - 1]
            item.declare(name, "single", "string", accepted[:1])
            last = node(code, "textEntryInteraction", responseIdentifier=name)
            every.append(_accepted(name, accepted, cased=True))
            last = _put(code, last, piece)
    item.score(every)
    if item.partial:
        item.lose("score", "all or nothing is given where shares were meant")
    _lose_feedback(item)


def _put(parent: Node, last: Node | None, text: str) -> Node | None:
    """Add text behind the last element in a parent."""
    if last is None:
        parent.text = (parent.text or "") + text
    else:
        last.tail = (last.tail or "") + text
    return last


def _order(item: Item) -> None:
    payload = item.payload
    for what, lost in (
        ("distractors", payload["distractors"]),
        ("free ranges", payload["free"]),
        ("graded indentation", payload["indent"]),
        ("score", item.partial),
    ):
        if lost:
            item.lose(what, "QTI's order interaction has none")
    names = [f"L{number}" for number, _ in enumerate(payload["solution"], 1)]
    item.declare(RESPONSE, "ordered", "identifier", names)
    asked = item.show("orderInteraction", responseIdentifier=RESPONSE, shuffle="true")
    for name, (text, level) in zip(names, payload["solution"], strict=True):
        choice = node(asked, "simpleChoice", identifier=name)
        code = "\n".join("    " * level + line for line in text.split("\n"))
        node(choice, "pre", code)
    item.score(_right())


def _match(item: Item) -> None:
    payload = item.payload
    rights = [right for _, right in payload["pairs"]] + payload["extras"]
    pairs = [f"L{n} R{n}" for n, _ in enumerate(payload["pairs"], 1)]
    declared = item.declare(RESPONSE, "multiple", "directedPair", pairs)
    titles = item.show("p")
    titles.append(inline(" → ".join(title or "…" for title in payload["titles"])))
    asked = item.show(
        "matchInteraction",
        responseIdentifier=RESPONSE,
        shuffle="true",
        maxAssociations=str(len(pairs)),
    )
    for letter, texts, most in (("L", [left for left, _ in payload["pairs"]], 1), ("R", rights, 0)):
        side = node(asked, "simpleMatchSet")
        for number, text in enumerate(texts, 1):
            choice = node(
                side, "simpleAssociableChoice", identifier=f"{letter}{number}", matchMax=str(most)
            )
            choice.append(inline(text))
    if item.partial:
        _map(declared, dict.fromkeys(pairs, 1 / len(pairs)))
        item.score_shares()
    else:
        item.score(_right())


def _recall(item: Item) -> None:
    payload = item.payload
    item.declare(RESPONSE, "single", "string", [])
    item.show("extendedTextInteraction", responseIdentifier=RESPONSE)
    model = item.show("rubricBlock", view="scorer")
    model.extend(blocks(with_points(payload["model"], payload["points"]), item.pictures))


def _accepted(name: str, accepted: Sequence[str], *, cased: bool) -> Node:
    either = ET.Element("or")
    for value in accepted:
        test = node(either, "stringMatch", caseSensitive="true" if cased else "false")
        node(test, "variable", identifier=name)
        node(test, "baseValue", value, baseType="string")
    return either


def _lose_feedback(item: Item) -> None:
    for value in item.question.commentary.remarks:
        item.lose("feedback", f"on {value}")


BODIES: Mapping[str, Callable[[Item], None]] = {
    "single": _options,
    "multiple": _options,
    "truefalse": _options,
    "text": _text,
    "number": _number,
    "cloze": _cloze,
    "order": _order,
    "match": _match,
    "recall": _recall,
}
