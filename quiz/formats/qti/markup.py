"""XML of QTI's shape, and our Markdown as the part of XHTML that QTI 2.1 knows."""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import normpath, relpath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

from defusedxml.ElementTree import fromstring

from quiz.core.packs import Picture
from quiz.formats.elements import FORBIDDEN, as_xml
from quiz.formats.html import to_html

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
ITEMS = "items"
"""The folder of the items; pictures lie beside it."""

KNOWN = {"a": {"href"}, "img": {"src", "alt"}, "code": {"class"}}
"""Attributes that QTI knows, of the elements that Markdown makes."""

INLINE = frozenset({"strong", "em", "code", "a", "img", "br", "span"})

Node = ET.Element


class Document(Node):
    """The root of a file."""

    def data(self) -> bytes:
        """Return the file. Text is not indented: spaces mean something in code."""
        return as_xml(self)


def document(tag: str, namespace: str = QTI, **attributes: str) -> Document:
    """Return the root of a file."""
    schema = namespace.rpartition("/")[2]
    where = f"{namespace} http://www.imsglobal.org/xsd/{'qti/qtiv2p1/' * (namespace == QTI)}"
    names = {"xmlns": namespace, "xmlns:xsi": INSTANCE}
    return Document(tag, {**names, "xsi:schemaLocation": f"{where}{schema}.xsd", **attributes})


def node(parent: Node, tag: str, text: str = "", **attributes: str) -> Node:
    """Add an element with its text."""
    found = ET.SubElement(parent, tag, attributes)
    found.text = text or None
    return found


def identifier(name: str) -> str:
    """Return one of our ids as an identifier, which starts with no digit and no hyphen."""
    return name if name[:1].isalpha() else f"_{name}"


def blocks(text: str, pictures: Iterable[Picture] = (), folder: str = ITEMS) -> list[Node]:
    """Return Markdown as elements; pictures are named from the folder of the file."""
    paths = {normpath(picture.path) for picture in pictures}
    made = fromstring(f"<div>{FORBIDDEN.sub(chr(0xFFFD), to_html(text))}</div>")
    for element in list(made.iter()):
        _mend(element, paths, folder)
    return list(made)


def inline(text: str) -> Node:
    """Return Markdown as a `span`, its paragraphs one after the other and code blocks as code."""
    span = ET.Element("span")
    for block in blocks(text):
        if len(span):
            ET.SubElement(span, "br")
        for element in block.iter():
            if element.tag not in INLINE:
                element.tag = "span"
        span.append(block)
    return span


def _mend(element: Node, paths: Iterable[str], folder: str) -> None:
    allowed = KNOWN.get(element.tag, set())
    for name in set(element.attrib) - allowed:
        del element.attrib[name]
    if element.tag == "s":
        element.tag = "span"
    elif element.tag == "a" and not urlsplit(element.get("href", "")).scheme:
        # A file of the pack does not come along, so its name leads nowhere.
        element.tag = "span"
        element.attrib.clear()
    elif element.tag == "img":
        path = normpath(unquote(element.get("src", "")))
        if path in paths:
            element.set("src", relpath(path, folder) if folder else path)
        else:
            element.tag, element.text = "span", element.get("alt", "")
            element.attrib.clear()
