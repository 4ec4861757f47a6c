"""What was asked, as rows of many attempts need it."""

from __future__ import annotations

from dataclasses import dataclass, field

from quiz.core.kinds import JSON, Kind
from quiz.exports.cells import SHORT

REMEMBERED = 32
"""Responses to a wording that are remembered: more than any question has options."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The wording that was answered, with its title, and `evidence`, what is shown of it now.

    That is `proven`, `supported` or "". What was said of a response is remembered, as the same
    choice comes again and again.
    """

    body: Kind
    evidence: str = ""
    title: str = ""
    _said: dict[str, str] = field(default_factory=dict)

    def said(self, text: str, response: JSON) -> str:
        """Return a response for people, given as it is stored and as it is."""
        if len(text) >= SHORT:
            return self.body.describe(response)
        if text not in self._said:
            if len(self._said) == REMEMBERED:
                self._said.clear()
            self._said[text] = self.body.describe(response)
        return self._said[text]
