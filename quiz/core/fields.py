"""What a card shows of an answer typed into one field."""

from __future__ import annotations

from dataclasses import dataclass


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
