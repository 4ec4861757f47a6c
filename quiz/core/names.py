"""Names that people give: themselves, classes, work. They are kept as they were typed."""

from __future__ import annotations

import unicodedata

from quiz.core.errors import FormError

LONGEST = 60
"""Characters of a person's name, or of the id that somebody else's system gave."""
LONGEST_TITLE = 120
"""Characters of the name of a class or of a piece of work."""


def read_name(text: str, what: str, *, field: str = "name", longest: int = LONGEST) -> str:
    """Return a name without the spaces around it. `what` begins the sentence, such as "A name".

    Raises FormError for one without a sign that can be seen, with a control character, or longer
    than `longest`.
    """
    name = text.strip()
    wrong = wrong_with(name, longest)
    if wrong:
        raise FormError(field, f"{what} has 1 to {longest} characters; this one {wrong}.")
    return name


def wrong_with(name: str, longest: int = LONGEST) -> str:
    """Return what is wrong with a name, as "has 80" or "is empty"; "" where nothing is."""
    if len(name) > longest:
        return f"has {len(name):,}"
    kinds = {unicodedata.category(sign) for sign in name}
    if kinds & {"Cc", "Cs"}:
        return "has a line break or another control character in it"
    if all(kind[0] in "CZ" for kind in kinds):
        return "has none that can be seen" if name else "is empty"
    return ""


def key_of(name: str) -> str:
    """Return a name as names are compared: case, spaces and ways to write an umlaut aside."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
