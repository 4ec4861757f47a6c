"""`quiz check`: everything that is wrong with packs, for people, editors and machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from quiz.cli.evidence import Wish, run_evidence
from quiz.cli.guess import print_guesses
from quiz.core.errors import OperatorError
from quiz.core.packs import Finding
from quiz.packs.files import find_packs, pack_files
from quiz.packs.loader import Checked, check_paths
from quiz.packs.problems import format_github, format_json, format_text, with_severity

CONTENT = Path("content")


class Format(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"
    github = "github"


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Packs, and folders with packs in them.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Warnings are errors; ask for what publishing needs.")
    ] = False,
    guess: Annotated[
        bool, typer.Option("--guess", help="Show what guessers earn who know nothing.")
    ] = False,
    run: Annotated[
        bool, typer.Option("--run", help="Run the evidence: code of the packs is executed.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="With --run: also what has not changed since it was run.")
    ] = False,
    python: Annotated[
        Path | None, typer.Option(help="With --run: the interpreter of another environment.")
    ] = None,
    output_format: Annotated[
        Format, typer.Option("--format", help="How findings are written.")
    ] = Format.text,
) -> None:
    """Check packs: exit code 0 without an error, 1 with one, 2 if it could not run."""
    console = _console(stderr=False)
    checked, proved = _checked(paths or [CONTENT], strict), ""
    if run:
        checked, proved = _run(checked, Wish(python, everything, strict))
    text = _written(checked.findings, strict, output_format)
    if text:
        console.print(text)
    closing = console if output_format is Format.text else _console(stderr=True)
    if guess:
        print_guesses(paths or [CONTENT], closing)
    if proved:
        closing.print(proved)
    closing.print(summary(checked, strict))
    found = with_severity(checked.findings, strict)
    raise typer.Exit(int(any(severity == "error" for _, severity in found)))


def summary(checked: Checked, strict: bool) -> str:
    """Return one sentence, such as `1 error and 2 warnings in 2 packs (36 questions).`."""
    found = [severity for _, severity in with_severity(checked.findings, strict)]
    kinds = ((_count(found.count(name), name), name) for name in ("error", "warning"))
    problems = " and ".join(text for text, name in kinds if name in found)
    packs, questions = _count(checked.packs, "pack"), _count(checked.questions, "question")
    return f"{problems or 'No problems'} in {packs} ({questions})."


def _checked(paths: Sequence[Path], strict: bool) -> Checked:
    files = [file for pack in find_packs(paths) for file in pack_files(pack)]
    if not files:
        raise OperatorError(f"There is no pack in {', '.join(map(str, paths))}.")
    console = _console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Checking", total=len(files))
        return check_paths(paths, strict=strict, progress=lambda _: bar.advance(task))


def _run(checked: Checked, wish: Wish) -> tuple[Checked, str]:
    """Return the packs with what their evidence showed, and one sentence about that."""
    proved = run_evidence(checked, _console(stderr=True), wish)
    findings = sorted([*checked.findings, *proved.findings])
    return replace(checked, findings=tuple(findings)), proved.summary()


def _written(findings: Sequence[Finding], strict: bool, output_format: Format) -> str:
    if output_format is Format.json:
        return format_json(findings, strict)
    if output_format is Format.github:
        return format_github(findings, strict)
    return format_text(findings)


def _console(*, stderr: bool) -> Console:
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False, soft_wrap=True)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
