"""What is known of a question beside its text: what lets its answer be guessed."""

from __future__ import annotations

from collections.abc import Mapping

from quiz.core.guessing import cues, sheets
from quiz.core.packs import Pack

OF_THE_PACK = frozenset({"first", "middle", "last", "tick all", "tick all but one"})
"""Strategies that say nothing of one question: options are shuffled, ticks are counted together."""


def cues_of(pack: Pack) -> Mapping[str, tuple[str, ...]]:
    """Return by the question's id who finds its answer by looks alone, best guesser first."""
    found: dict[str, tuple[str, ...]] = {}
    for cue in cues(sheets(pack.questions)):
        if cue.strategy not in OF_THE_PACK:
            found |= {id: (*found.get(id, ()), cue.strategy) for id in cue.carriers}
    return found
