"""Typed answers: what is forgiven when they are compared."""

from __future__ import annotations

import re
import unicodedata

FORGIVEN = {
    "code": "Spaces at the ends, runs of spaces and the kind of quotes do not matter; capitals do.",
    "text": "Capitals, spaces at the ends, runs of spaces, the kind of quotes and a final full "
    "stop do not matter.",
    "exact": "Every sign counts, capitals and spaces too.",
    "output": "Spaces at the end of a line and empty lines at the end do not matter.",
}
"""By match mode: the sentence that stands beside the field."""

CURLY = str.maketrans("‘’“”", "''\"\"")


def normal(text: str, match: str) -> str:
    """Return the form in which two typed answers are compared.

    `match` is `code`, `text` or `exact`, as the author's guide defines them.
    """
    text = unicodedata.normalize("NFC", text)
    if match == "exact":
        return text
    text = text.strip()
    if len(text) > 2 and text.startswith("`") and text.endswith("`"):
        text = text[1:-1].strip()
    text = re.sub(r"\s+", " ", text)
    if match == "text":
        text = text.casefold().translate(CURLY).removesuffix(".").rstrip()
    return text.replace('"', "'")


def normal_output(text: str) -> str:
    """Return printed output without trailing spaces and trailing empty lines."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n")
