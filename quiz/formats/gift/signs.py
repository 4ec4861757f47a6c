"""The signs of GIFT: `~ = # { } :` and a backslash are escaped by a backslash."""

from __future__ import annotations

import re

ESCAPED = re.compile(r"\\([~=#{}:n\\])")
RESERVED = re.compile(r"([~=#{}:\\])")
HIDDEN = 0xE000
"""Where escaped signs hide while text is taken apart: no text has signs of private use there."""

FORMAT = re.compile(r"\[(html|moodle|plain|markdown|plain_text|moodle_auto_format)\]")
LIKE_FORMAT = re.compile(r"\[|%-?\d")


def escape(text: str) -> str:
    """Return text whose every sign stands for itself, on one line."""
    return RESERVED.sub(r"\\\1", text).replace("\n", "\\n")


def escape_answer(text: str) -> str:
    """Return the text of an answer, which could be taken for a weight or the name of a format."""
    return ("[markdown]" if LIKE_FORMAT.match(text) else "") + escape(text)


def hide(text: str) -> str:
    """Return the text with escaped signs hidden, so that all signs left mean something."""
    return ESCAPED.sub(lambda found: chr(HIDDEN + ord(found[1])), text)


def show(text: str) -> str:
    """Return the text that `hide` was given, its escapes resolved."""
    found = re.compile(f"[{chr(HIDDEN)}-{chr(HIDDEN + 0x7F)}]")
    return found.sub(lambda sign: _shown(chr(ord(sign[0]) - HIDDEN)), text)


def _shown(sign: str) -> str:
    return "\n" if sign == "n" else sign
