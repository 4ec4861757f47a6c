"""`quiz coverage`: what packs ask, and what they leave out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from quiz.cli.packs import console as plain
from quiz.core.errors import OperatorError
from quiz.packs.coverage import Coverage
from quiz.packs.coverage import coverage as covered
from quiz.packs.files import find_packs
from quiz.packs.loader import load_pack
from quiz.packs.meta import LEVELS

NO_LEVEL = ""


def coverage(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Packs, and folders with packs in them.")
    ] = None,
) -> None:
    """Show kinds and levels, and what no question touches; exit code 1 for a pack with errors."""
    asked = paths or [Path("content")]
    packs = find_packs(asked)
    if not packs:
        raise OperatorError(f"There is no pack in {', '.join(map(str, asked))}.")
    console, broken = plain(), False
    for path in packs:
        pack = load_pack(path).pack
        if pack is None:
            broken = True
            console.print(f"{path} has errors: mend what `quiz check` finds first.")
        else:
            console.print(f"{pack.title}: questions by kind and level")
            _print(covered(path, pack), console)
    raise typer.Exit(int(broken))


def _print(found: Coverage, console: Console) -> None:
    console.print(_table(found))
    for said, lines in (
        ("Objectives without a question", [f"{o.id}: {o.sentence}" for o in found.unasked]),
        ("Objectives with one question", [f"{o.id}: {o.sentence}" for o in found.once]),
        (
            "Misconceptions that nothing wrong names",
            [f"{m.id}: {m.sentence}" for m in found.unnamed],
        ),
        ("Sections of sources that no question cites", found.uncited),
    ):
        _print_list(said, lines, console)


def _print_list(said: str, lines: Iterable[str], console: Console) -> None:
    shown = [f"  {line}" for line in lines]
    console.print("\n".join([f"{said}: {len(shown) or 'none'}", *shown]))


def _table(found: Coverage) -> Table:
    levels = [*LEVELS, NO_LEVEL]
    table = Table(box=None, pad_edge=False)
    table.add_column("kind", no_wrap=True)
    for level in levels:
        table.add_column(level or "no level", justify="right", no_wrap=True)
    table.add_column("all", justify="right", no_wrap=True)
    kinds = sorted({kind for kind, _ in found.counts})
    for kind in kinds:
        table.add_row(kind, *_row([found.counts.get((kind, level), 0) for level in levels]))
    sums = [sum(found.counts.get((kind, level), 0) for kind in kinds) for level in levels]
    table.add_row("all", *_row(sums))
    return table


def _row(counts: list[int]) -> list[str]:
    return [*(str(count or "") for count in counts), str(sum(counts))]
