"""What is known of a question beside its text: whether its answer was proven, and what tells it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from quiz.core.packs import Pack


def evidence_of(path: Path, pack: Pack) -> Mapping[str, str]:
    """Return the state of the evidence of each question that has one, by id, in a few words.

    `path` is the pack's folder or file. Nothing is run.
    """
    return {}


def cues_of(pack: Pack) -> Mapping[str, tuple[str, ...]]:
    """Return what lets somebody guess the answer who knows nothing, by the question's id."""
    return {}
