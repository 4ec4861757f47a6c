"""The words of a question that give its answer away: which they are, and how they are counted.

The lists are English; where a pack speaks another language they find nothing.
"""

from __future__ import annotations

import re

ALL_OF = re.compile(r"\b(?:all|none|both|neither) (?:of )?(?:the |these )?(?:above|below)\b", re.I)
"""An option that points at the others by where they stand."""

WORD = re.compile(r"\w+")
MARKS = re.compile(r"[`~*_\[]")

HEDGES = frozenset(
    WORD.findall(
        "usually may often might sometimes generally typically normally commonly mostly frequently "
        "occasionally possibly perhaps probably likely"
    )
)
ABSOLUTES = frozenset(
    WORD.findall(
        "always never only any must automatically completely entirely impossible guaranteed"
    )
)
COMMON = frozenset(
    WORD.findall(
        "a an and are as at be because been before but by can do does for from had has have how if "
        "in into is it its more most no not of on one only or other so some such than that the "
        "their then there these they this to under was what when where which who why will with "
        "would you your"
    )
)
"""Words that most sentences share, so that sharing them says nothing."""

FENCE = re.compile(r"^ *(`{3,}|~{3,})[^\n]*\n(.*?)^ *\1[`~]*$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
EMPHASIS = re.compile(r"\*+|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)")


def visible(text: str) -> str:
    """Return what a reader sees of Markdown: code as it stands, no marks around it."""
    if not MARKS.search(text):
        return " ".join(text.split())
    text = FENCE.sub(lambda found: found[2], text)
    pieces = CODE.split(text)
    # `split` gives text, the backticks, the code, and so on in turns.
    prose = (LINK.sub(r"\1", EMPHASIS.sub("", piece)) for piece in pieces[::3])
    codes = [*pieces[2::3], ""]
    return " ".join("".join(a + b for a, b in zip(prose, codes, strict=True)).split())


def prose(text: str) -> str:
    """Return Markdown without its code."""
    if not MARKS.search(text):
        return text
    return LINK.sub(r"\1", EMPHASIS.sub("", CODE.sub(" ", FENCE.sub(" ", text))))


def words(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return WORD.findall(text.lower())


def telling(text: str) -> set[str]:
    """Return the words that two texts can share by more than chance."""
    return set(words(text)) - COMMON


def count(text: str, listed: frozenset[str]) -> int:
    """Return how many words of Markdown, code left out, are among those listed."""
    return sum(word in listed for word in words(prose(text)))
