"""Making XML of Moodle's shape, and the texts that stand in it."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

from quiz.core.kinds import Remark
from quiz.core.packs import Picture
from quiz.formats.asked import remark_text

FILES = "@@PLUGINFILE@@"
Node = ET.Element


def node(parent: Node, tag: str, text: str = "", **attributes: str) -> Node:
    """Add an element with its text."""
    found = ET.SubElement(parent, tag, attributes)
    found.text = text
    return found


def texted(
    parent: Node, tag: str, text: str, pictures: Iterable[Picture] = (), **attributes: str
) -> Node:
    """Add an element of Moodle that holds a `text`, and the pictures that the text shows."""
    shown = [picture for picture in pictures if f"]({picture.path}" in text]
    for picture in shown:
        text = text.replace(f"]({picture.path}", f"]({FILES}/{picture.path}")
    found = node(parent, tag, **attributes)
    node(found, "text", text)
    for picture in shown:
        path = PurePosixPath("/", picture.path)
        folder = f"{path.parent}/".replace("//", "/")
        data = base64.b64encode(picture.data).decode()
        node(found, "file", data, name=path.name, path=folder, encoding="base64")
    return found


def answer(parent: Node, fraction: float, text: str, said: Remark | None, format: str = "") -> Node:
    """Add an answer with its feedback; `fraction` is in percent."""
    found = texted(parent, "answer", text, fraction=percent(fraction))
    if format:
        found.set("format", format)
    texted(found, "feedback", remark_text(said), format="markdown")
    return found


def percent(fraction: float) -> str:
    """Return a percentage as Moodle writes it."""
    return f"{fraction:.7f}".rstrip("0").rstrip(".")
