"""`quiz check`: everything that is wrong with packs, for people, editors and machines."""

from __future__ import annotations

import json
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
from quiz.cli.hearing import Hearing, hearings_as_json, listen_to, print_hearings
from quiz.config import settings
from quiz.core.errors import OperatorError
from quiz.core.packs import Finding
from quiz.packs.files import find_packs, pack_files
from quiz.packs.loader import Checked, check_paths
from quiz.packs.problems import (
    findings_as_json,
    format_github,
    format_json,
    format_text,
    with_severity,
)

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
    with_statistics: Annotated[
        bool, typer.Option("--with-statistics", help="Show how questions do with learners.")
    ] = False,
    output_format: Annotated[
        Format, typer.Option("--format", help="How findings are written.")
    ] = Format.text,
) -> None:
    """Check packs: exit code 0 without an error, 1 with one, 2 if it could not run."""
    checked, proved = _checked(paths or [CONTENT], strict), ""
    if run:
        checked, proved = _run(checked, Wish(python, everything, strict))
    heard = _heard(paths or [CONTENT], checked) if with_statistics else None
    console = _write(checked.findings, strict, output_format, heard)
    if guess:
        print_guesses(paths or [CONTENT], console)
    if heard and output_format is not Format.json:
        print_hearings(heard, console)
    if proved:
        console.print(proved)
    console.print(summary(checked, strict))
    raise typer.Exit(int(_fails(checked, strict)))


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


def _heard(paths: Sequence[Path], checked: Checked) -> Sequence[Hearing]:
    read = dict(checked.read)
    return listen_to({path: read.get(path) for path in find_packs(paths)}, settings().database_url)


def _write(
    findings: Sequence[Finding],
    strict: bool,
    output_format: Format,
    heard: Sequence[Hearing] | None,
) -> Console:
    """Write findings to standard output, and return where all that is for people goes."""
    if output_format is Format.json and heard is not None:
        found = {"findings": findings_as_json(findings, strict), **hearings_as_json(heard)}
        text = json.dumps(found, indent=2)
    elif output_format is Format.json:
        text = format_json(findings, strict)
    elif output_format is Format.github:
        text = format_github(findings, strict)
    else:
        text = format_text(findings)
    if text:
        _console(stderr=False).print(text)
    return _console(stderr=output_format is not Format.text)


def _fails(checked: Checked, strict: bool) -> bool:
    found = with_severity(checked.findings, strict)
    return any(severity == "error" for _, severity in found)


def _console(*, stderr: bool) -> Console:
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False, soft_wrap=True)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
