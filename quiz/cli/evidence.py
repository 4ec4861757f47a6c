"""Running the evidence of packs, for `quiz check --run`."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from quiz.cli.packs import now_utc
from quiz.core.packs import Finding
from quiz.packs.exhibits import Exhibit, without_evidence
from quiz.packs.keeping import Docket, docket
from quiz.packs.loader import Checked, from_here
from quiz.packs.proving import prove_all
from quiz.packs.running.bench import Proof, Result
from quiz.packs.running.databases import Databases
from quiz.packs.running.environment import versions
from quiz.packs.running.interpreter import Interpreter
from quiz.packs.running.process import DATABASE


@dataclass(frozen=True, slots=True)
class Proved:
    """What running gave: findings, and how many answers are how well founded."""

    findings: tuple[Finding, ...]
    results: Counter[str]
    kept: int
    """How many had not changed since they were run, and were not run again."""

    def summary(self) -> str:
        """Return one sentence, such as `Evidence: 12 proven, 1 without evidence.`."""
        said = [f"{number} {name}" for name, number in self.results.items() if number]
        kept = f" ({self.kept} unchanged since they were run)" if self.kept else ""
        return f"Evidence: {', '.join(said) or 'nothing to run'}{kept}."


@dataclass(frozen=True, slots=True)
class Wish:
    """How evidence is to be run.

    `python` is the interpreter of another environment, None for ours; `everything` runs what has
    not changed, too; `strict` asks for evidence wherever there is none.
    """

    python: Path | None = None
    everything: bool = False
    strict: bool = False


def run_evidence(checked: Checked, console: Console, wish: Wish) -> Proved:
    """Run the evidence of packs, with a bar on a terminal, and keep what was proven.

    What could be read of a pack with errors is run, too, but nothing is kept of it.
    """
    whole = {path for path, _ in checked.whole}
    dockets = [
        docket(path, pack, versions(wish.python, pack.tested_with)) for path, pack in checked.read
    ]
    known = [
        None if wish.everything else docket.known(exhibit)
        for docket in dockets
        for exhibit in docket.exhibits
    ]
    every = [exhibit for docket in dockets for exhibit in docket.exhibits]
    todo = [exhibit for exhibit, result in zip(every, known, strict=True) if result is None]
    ran = iter(_prove(todo, console, wish.python))
    proofs = iter([next(ran) if result is None else Proof(result) for result in known])
    results = Counter({str(result): 0 for result in Result})
    findings: list[Finding] = []
    for docket_ in dockets:
        mine = [next(proofs) for _ in docket_.exhibits]
        results.update(str(proof.result) for proof in mine)
        results["without evidence"] += len(docket_.pack.questions) - len(mine)
        found = [finding for proof in mine for finding in proof.findings]
        found += without_evidence(docket_.pack) if wish.strict else []
        findings += from_here(docket_.path, found)
        if docket_.path in whole:
            _keep(docket_, mine, console)
    return Proved(tuple(findings), results, len(every) - len(todo))


def _prove(todo: Sequence[Exhibit], console: Console, python: Path | None) -> list[Proof]:
    with (
        Databases(os.environ.get(DATABASE, "")) as databases,
        Progress(console=console, transient=True, disable=not console.is_terminal) as bar,
    ):
        task = bar.add_task("Running", total=len(todo))
        return prove_all(todo, Interpreter(python), databases, lambda: bar.advance(task))


def _keep(docket_: Docket, proofs: Sequence[Proof], console: Console) -> None:
    """Keep what was proven; a pack that cannot be written to is proven all the same."""
    try:
        docket_.keep(proofs, now_utc().date().isoformat())
    except OSError as error:
        console.print(f"The results for {docket_.path} cannot be kept: {error.strerror}.")
