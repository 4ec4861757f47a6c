"""What a pack can show of its answers: what was proven of them by running, and the programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from quiz.core.errors import OperatorError
from quiz.core.packs import Pack
from quiz.core.proofs import Proof
from quiz.packs.exhibits import Exhibit, exhibits
from quiz.packs.files import root_of
from quiz.packs.keeping import on_record
from quiz.packs.lock import Kept
from quiz.packs.programs import program_of


def proofs_of(path: Path, pack: Pack) -> Mapping[str, Proof]:
    """Return by id what is proven of the questions as they stand; nothing is run.

    `path` is the pack's folder or file. A question is left out where it or its evidence has
    changed since it was run; all are where the lock cannot be read, as `quiz check` tells.
    """
    try:
        record = on_record(path, pack)
    except OperatorError:
        return {}
    return {
        exhibit.question.id: _proof(exhibit, kept, record.environment, pack.tested_with)
        for exhibit in exhibits(pack, root_of(path))
        if (kept := record.kept.get(exhibit.question.id))
    }


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


def _proof(
    exhibit: Exhibit, kept: Kept, environment: Mapping[str, str], tested_with: Sequence[str]
) -> Proof:
    program = program_of(exhibit)
    # Of a pack that is tested with many, a question tells those that its program names.
    named = [name for name in tested_with if name.lower() in program.lower() or not program]
    versions = [f"{name} {environment[name]}" for name in named if name in environment]
    return Proof(
        result=str(kept.result),
        on=date.fromisoformat(kept.on),
        versions=(environment.get("python", "Python"), *versions),
        program=program,
    )
