"""XML: that of strangers read without what could be an attack, and our own written."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.sax import SAXException, SAXParseException, xmlreader
from xml.sax.handler import ContentHandler

import defusedxml.sax
from defusedxml import DefusedXmlException

from quiz.core.errors import OperatorError

FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML can hold."""

DEEPEST = 200


@dataclass(slots=True)
class Element:
    """An element: where it starts and ends, its own text, and what is in it."""

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    text: str = ""
    end: int = 0

    def all(self, tag: str) -> Iterator[Element]:
        """Yield the children of that name."""
        return (child for child in self.children if child.tag == tag)

    def first(self, *path: str) -> Element | None:
        """Return the first descendant along the path, None where there is none."""
        found: Element | None = self
        for tag in path:
            found = next(found.all(tag), None) if found else None
        return found

    def said(self, *path: str) -> str:
        """Return the text of the first descendant along the path, trimmed, or ""."""
        found = self.first(*path)
        return found.text.strip() if found else ""


def read_xml(data: bytes, file: str) -> Element:
    """Return the root of a document. Raises OperatorError with a sentence for what is none."""
    handler = _Handler()
    try:
        defusedxml.sax.parse(io.BytesIO(data), handler, forbid_dtd=True)
    except DefusedXmlException:
        message = f"{file}:{handler.line()}: a document type, which can hide an attack."
        raise OperatorError(f"{message} Remove the `<!DOCTYPE …>`; exports have none.") from None
    except SAXParseException as error:
        message = f"{file}:{error.getLineNumber()}: not valid XML, {error.getMessage()}."
        raise OperatorError(f"{message} Export it anew, in UTF-8.") from None
    except (SAXException, LookupError, ValueError) as error:
        raise OperatorError(f"{file} is not XML that can be read: {error}.") from None
    return handler.top.children[0]


def as_xml(root: ElementTree.Element) -> bytes:
    """Return a document of our own; signs that XML cannot hold become a sign for a lost one."""
    text = FORBIDDEN.sub("\ufffd", ElementTree.tostring(root, encoding="unicode"))
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{text}\n".encode()


class _Handler(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.top = Element("", 0)
        self.open = [self.top]
        self.texts: list[list[str]] = [[]]
        self.locator: xmlreader.Locator | None = None

    def line(self) -> int:
        return (self.locator.getLineNumber() if self.locator else None) or 1

    def setDocumentLocator(self, locator: xmlreader.Locator) -> None:  # noqa: N802 - sax's name
        self.locator = locator

    def startElement(self, name: str, attrs: xmlreader.AttributesImpl) -> None:  # noqa: N802
        if len(self.open) > DEEPEST:
            raise SAXException(
                f"elements are nested more than {DEEPEST} deep at line {self.line()}"
            )
        element = Element(name, self.line(), dict(attrs.items()))
        self.open[-1].children.append(element)
        self.open.append(element)
        self.texts.append([])

    def endElement(self, name: str) -> None:  # noqa: N802 - sax's name
        element = self.open.pop()
        element.text, element.end = "".join(self.texts.pop()), self.line()

    def characters(self, content: str) -> None:
        self.texts[-1].append(content)
