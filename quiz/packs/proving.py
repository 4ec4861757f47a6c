"""Proving the answers of packs by running their evidence."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from quiz.core.blocks import Fence
from quiz.core.errors import OperatorError
from quiz.core.questions import Question
from quiz.packs.evidence import prover
from quiz.packs.exhibits import Exhibit
from quiz.packs.problems import Log
from quiz.packs.running.bench import Bench, Proof, Result, Unproven
from quiz.packs.running.cases import Lab
from quiz.packs.running.databases import Databases
from quiz.packs.running.interpreter import Interpreter

PYTHON = frozenset({"python", "python3", "py"})

A_CORE = 2
"""Questions that run at once on each core: programs about waiting mostly wait."""


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
    """Run the evidence of many questions on all cores; `done` is called after each.

    Programs that sleep begin first, so that nothing waits for them at the end.
    """
    served = replace(lab, databases=databases)

    def one(exhibit: Exhibit) -> Proof:
        proof = prove(exhibit, served if exhibit.needs_postgresql else lab)
        done()
        return proof

    with ThreadPoolExecutor(A_CORE * (os.cpu_count() or 1)) as threads:
        first = sorted(range(len(todo)), key=lambda number: not _sleeps(todo[number]))
        proofs = dict(zip(first, threads.map(one, [todo[n] for n in first]), strict=True))
    return [proofs[number] for number in range(len(todo))]


def _sleeps(exhibit: Exhibit) -> bool:
    codes = [fence.code for fence in exhibit.question.evidence]
    return any("sleep" in code for code in [*codes, exhibit.setup.code if exhibit.setup else ""])


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
