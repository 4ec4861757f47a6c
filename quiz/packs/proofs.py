"""What a pack can show of its answers: what was proven of them by running, and the programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from quiz.core.packs import Pack
from quiz.core.proofs import Proof


def proofs_of(path: Path, pack: Pack) -> Mapping[str, Proof]:
    """Return by id what is proven of the questions as they stand; nothing is run.

    `path` is the pack's folder or file. A question is left out where it or its evidence has
    changed since it was run.
    """
    return {}


def with_proofs(pack: Pack, proofs: Mapping[str, Proof]) -> Pack:
    """Return the pack with the proof of each question that has one, and none for the others."""
    topics = [
        replace(
            topic,
            questions=tuple(
                replace(q, commentary=replace(q.commentary, proof=proofs.get(q.id)))
                for q in topic.questions
            ),
        )
        for topic in pack.topics
    ]
    return replace(pack, topics=tuple(topics))
