"""What a card shows of an answer typed into one field, and how long it may be."""

from __future__ import annotations

from dataclasses import dataclass

MAX_TEXT = 5_000
"""Characters of one field, as browsers count them for `maxlength`: two pages of own words."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field that waits: what was typed so far, and the sentence that says what is forgiven."""

    value: str
    forgiven: str


@dataclass(frozen=True, slots=True)
class AnsweredField:
    """A field after the answer; `mine` is None after "I don't know".

    `also` are further accepted answers, `sign` the key of the remark on `mine`.
    """

    mine: str | None
    right: bool
    expected: str
    also: tuple[str, ...] = ()
    sign: str = ""
