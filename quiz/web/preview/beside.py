"""What is known of a question beside its text: what lets its answer be guessed."""

from __future__ import annotations

from collections.abc import Mapping

from quiz.core.packs import Pack


def cues_of(pack: Pack) -> Mapping[str, tuple[str, ...]]:
    """Return what lets somebody guess the answer who knows nothing, by the question's id."""
    return {}
