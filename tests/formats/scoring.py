"""A reader of QTI's items that scores responses by their own rules, as a platform would."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

NAMES = {"q": "http://www.imsglobal.org/xsd/imsqti_v2p1"}
Responses = Mapping[str, list[str]]


class Item:
    """An item of a package."""

    def __init__(self, data: bytes) -> None:
        self.root: Element = fromstring(data)

    def all(self, path: str) -> list[Element]:
        return self.root.findall(path, NAMES)

    def right(self) -> dict[str, list[str]]:
        """Return the right response to each interaction, [] where none is declared."""
        return {
            declared.attrib["identifier"]: [
                value.text or "" for value in declared.findall("q:correctResponse/q:value", NAMES)
            ]
            for declared in self.all("q:responseDeclaration")
        }

    def score(self, responses: Responses) -> float:
        score = 0.0
        for rule in self.all("q:responseProcessing/*"):
            if tag(rule) == "responseCondition":
                (branch,) = rule
                test, then = branch
                if self.holds(test, responses):
                    score = float(then[0].text or "")
            elif rule.attrib["identifier"] == "SCORE":
                score = self.mapped(rule[0].attrib["identifier"], responses)
        return score

    def holds(self, test: Element, responses: Responses) -> bool:
        match tag(test):
            case "and":
                return all(self.holds(inner, responses) for inner in test)
            case "or":
                return any(self.holds(inner, responses) for inner in test)
            case "match":
                return self.matches(test[0].attrib["identifier"], responses)
        given = responses[test[0].attrib["identifier"]][0]
        expected = test[1].text or ""
        match tag(test):
            case "stringMatch" if test.attrib["caseSensitive"] == "false":
                return given.lower() == expected.lower()
            case "stringMatch":
                return given == expected
            case "gte":
                return float(given) >= float(expected)
            case "lte":
                return float(given) <= float(expected)
        raise AssertionError(tag(test))

    def matches(self, name: str, responses: Responses) -> bool:
        (declared,) = self.all(f"q:responseDeclaration[@identifier='{name}']")
        given, right = responses[name], self.right()[name]
        ordered = declared.attrib["cardinality"] != "multiple"
        return given == right if ordered else sorted(given) == sorted(right)

    def mapped(self, name: str, responses: Responses) -> float:
        entries = {
            entry.attrib["mapKey"]: float(entry.attrib["mappedValue"])
            for entry in self.all(f"q:responseDeclaration[@identifier='{name}']/q:mapping/*")
        }
        return min(1.0, max(0.0, sum(entries.get(value, 0.0) for value in set(responses[name]))))


def tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
