"""Running the evidence of packs, for `quiz check --run`."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from quiz.core.packs import Finding, Pack
from quiz.packs.files import root_of
from quiz.packs.loader import from_here
from quiz.packs.proving import Exhibit, Proof, exhibits, prove_all, without_evidence
from quiz.packs.running.bench import Result
from quiz.packs.running.cases import Interpreter
from quiz.packs.running.databases import Databases
from quiz.packs.running.process import DATABASE


@dataclass(frozen=True, slots=True)
class Proved:
    """What running gave: findings, and how many answers are how well founded."""

    findings: tuple[Finding, ...]
    results: Counter[Result]
    without: int = 0
    """How many questions have no evidence."""

    def summary(self) -> str:
        """Return one sentence, such as `Evidence: 12 proven, 1 without evidence.`."""
        counts = {str(result): self.results[result] for result in Result}
        counts["without evidence"] = self.without
        said = [f"{number} {name}" for name, number in counts.items() if number]
        return f"Evidence: {', '.join(said) or 'nothing to run'}."


def run_evidence(
    packs: Iterable[tuple[Path, Pack]], console: Console, *, python: Path | None, strict: bool
) -> Proved:
    """Run the evidence of packs, with a bar on a terminal."""
    findings: list[Finding] = []
    results: Counter[Result] = Counter()
    without = 0
    todo = [(root_of(path), pack, exhibits(pack, root_of(path))) for path, pack in packs]
    everything = [exhibit for _, _, shown in todo for exhibit in shown]
    proofs = iter(_prove(everything, console, python))
    for root, pack, shown in todo:
        mine = [next(proofs) for _ in shown]
        results.update(proof.result for proof in mine)
        without += len(pack.questions) - len(shown)
        found = [finding for proof in mine for finding in proof.findings]
        found += without_evidence(pack) if strict else []
        findings += [from_here(finding, root) for finding in sorted(found)]
    return Proved(tuple(findings), results, without)


def _prove(todo: list[Exhibit], console: Console, python: Path | None) -> list[Proof]:
    with (
        Databases(os.environ.get(DATABASE, "")) as databases,
        Progress(console=console, transient=True, disable=not console.is_terminal) as bar,
    ):
        task = bar.add_task("Running", total=len(todo))
        return prove_all(todo, Interpreter(python), databases, lambda: bar.advance(task))
