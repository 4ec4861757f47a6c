"""Which questions of a pack have evidence, what it needs, and what its outcome depends on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from quiz.core.blocks import Place
from quiz.core.packs import Finding, Pack
from quiz.core.questions import Question
from quiz.packs.files import read_text
from quiz.packs.problems import Log
from quiz.packs.revision import DIGITS, digest, rev
from quiz.packs.running.cases import Piece
from quiz.packs.running.written import setup_name

NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
RULES = 1
"""Raised when what is run changes: then everything is run again."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A question with evidence, and the setup its code starts from: its name, and its code.

    `setup` is None where there is none, or where it cannot be read; then `missing` says why.
    """

    question: Question
    setup_name: str = ""
    setup: Piece | None = None
    missing: tuple[Finding, ...] = ()

    @property
    def needs_postgresql(self) -> bool:
        """Whether it wants a database of its own."""
        return self.setup_name.startswith("postgresql")


def evidence_hash(exhibit: Exhibit, environment: Mapping[str, str]) -> str:
    """Return 12 hex digits that name all that the outcome of evidence depends on."""
    question = exhibit.question
    return digest(
        {
            "rules": RULES,
            "rev": rev(question),
            "remarks": sorted(question.commentary.remarks),
            "evidence": [[*fence.words, fence.code] for fence in question.evidence],
            "setup": exhibit.setup.code if exhibit.setup else "",
            "environment": dict(environment),
        }
    )[:DIGITS]


def exhibits(pack: Pack, root: Path) -> list[Exhibit]:
    """Return the questions of a pack that have evidence, in file order."""
    read: dict[str, tuple[Piece | None, tuple[Finding, ...]]] = {}
    found = []
    for question in pack.questions:
        draft = question.written
        if draft is None or not question.evidence:
            continue
        name = setup_name(question, draft, pack.setup)
        if name not in read:
            read[name] = _read_setup(name, root, question.evidence[0].place)
        found.append(Exhibit(question, name, *read[name]))
    return found


def without_evidence(pack: Pack) -> list[Finding]:
    """Return a finding for each question that could have evidence and has none (W510)."""
    hint = "Write under `### Evidence` what shows the answer by running."
    return [
        Finding(question.place, "W510", "this question has no evidence", hint)
        for question in pack.questions
        if not question.evidence and not question.wording.body.self_graded
    ]


def _read_setup(name: str, root: Path, place: Place) -> tuple[Piece | None, tuple[Finding, ...]]:
    if not name:
        return None, ()
    path = root / "setups" / f"{name}.py"
    if not NAME.fullmatch(name) or not path.is_file():
        hint = "Write the file, name another, or say `setup=none`."
        message = f"there is no file setups/{name}.py in the pack"
        return None, (Finding(place, "E501", message, hint),)
    log = Log()
    text = read_text(path, root, log)
    if text is None:
        return None, tuple(log.findings)
    return Piece(text, Place(f"setups/{name}.py", 1)), ()
