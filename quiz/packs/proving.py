"""Proving the answers of packs: which questions have evidence, what it needs, what came of it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from quiz.core.blocks import Fence, Place
from quiz.core.errors import OperatorError
from quiz.core.packs import Finding, Pack
from quiz.core.questions import Question
from quiz.packs.evidence import prover
from quiz.packs.files import read_text
from quiz.packs.problems import Log
from quiz.packs.revision import DIGITS, digest, rev
from quiz.packs.running.bench import Bench, Result, Unproven
from quiz.packs.running.cases import Lab, Piece
from quiz.packs.running.databases import Databases
from quiz.packs.running.interpreter import Interpreter
from quiz.packs.running.written import setup_name

PYTHON = frozenset({"python", "python3", "py"})
RULES = 1
"""Raised when what is run changes: then everything is run again."""

NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of the evidence of a question; places are relative to its pack's folder."""

    result: Result
    findings: tuple[Finding, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether something does not hold."""
        return any(finding.severity == "error" for finding in self.findings)


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


def prove(exhibit: Exhibit, lab: Lab) -> Proof:
    """Run the evidence of a question and return what came of it."""
    log = Log()
    log.findings += exhibit.missing
    question, draft = exhibit.question, exhibit.question.written
    kind = question.wording.body.name
    found = prover(kind)
    if found is None:
        log(question.place, "E506", f"nothing here can prove the kind {kind}", "")
    if draft is None or found is None or exhibit.missing or _foreign(question, log):
        return Proof(Result.unproven, tuple(log.findings))
    try:
        result = found.prove(Bench(question, draft, exhibit.setup, lab, log))
    except Unproven:
        result = Result.unproven
    except OperatorError as error:
        log(question.evidence[0].place, "E507", f"not run: {error}", "")
        result = Result.unproven
    proof = Proof(result, tuple(sorted(set(log.findings))))
    return Proof(Result.unproven, proof.findings) if proof.failed else proof


def prove_all(
    todo: Sequence[Exhibit], lab: Interpreter, databases: Databases, done: Callable[[], object]
) -> list[Proof]:
    """Run the evidence of many questions on all cores; `done` is called after each."""
    served = replace(lab, databases=databases)

    def one(exhibit: Exhibit) -> Proof:
        proof = prove(exhibit, served if exhibit.needs_postgresql else lab)
        done()
        return proof

    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        return list(threads.map(one, todo))


def _foreign(question: Question, log: Log) -> bool:
    """Return whether evidence is in a language that nothing here can run; reports it (E506)."""
    draft = question.written
    body = draft.body if draft else ()
    fences = [block for block in body if isinstance(block, Fence) and block.role]
    every = dict.fromkeys((*fences, *question.evidence))
    found = [fence for fence in every if fence.role and fence.language not in PYTHON]
    for fence in found:
        hint = "Evidence is Python. Show other code in a fence without a role."
        log(fence.place, "E506", f"nothing here can run {fence.language}", hint)
    return bool(found)


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
