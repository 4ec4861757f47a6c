"""`quiz check --guess`: what somebody earns in a pack who knows nothing and goes by looks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from quiz.core.guessing import ALPHA, ENOUGH, MARGIN, STRATEGIES, Cue, cues, sheets
from quiz.core.packs import Pack
from quiz.packs.files import find_packs
from quiz.packs.loader import load_pack


def print_guesses(paths: Iterable[Path], console: Console) -> None:
    """Print, for every pack at the paths, each strategy with what it earns and where."""
    for path in find_packs(paths):
        pack = load_pack(path).pack
        if pack is None:
            console.print(
                f"{path} has errors: mend them first, then see how well it can be guessed."
            )
        else:
            _print_pack(pack, console)


def _print_pack(pack: Pack, console: Console) -> None:
    asked = sheets(pack.questions)
    found = cues(asked)
    console.print(f"{pack.title}: {len(asked)} questions with options")
    console.print(_table(found))
    for cue in found:
        if cue.carriers:
            console.print(f"{cue.strategy}: {', '.join(cue.carriers)}")
    console.print(_judgement(found, len(asked)))


def _table(found: Iterable[Cue]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("strategy", no_wrap=True)
    for name in ("n", "chance", "score", "lift", "p"):
        table.add_column(name, justify="right", no_wrap=True)
    for cue in found:
        earned = (f"{cue.chance:.0%}", f"{cue.score:.0%}", f"{cue.lift * 100:+.0f}")
        shown = earned if cue.n else ("", "", "")
        table.add_row(cue.strategy, str(cue.n), *shown, "" if cue.p is None else f"{cue.p:.4f}")
    return table


def _judgement(found: Iterable[Cue], asked: int) -> str:
    flagged = [cue.strategy for cue in found if cue.flagged]
    limit = (
        f"more than {MARGIN * 100:.0f} points over chance, p below {ALPHA / len(STRATEGIES):.4f}"
    )
    if asked < ENOUGH:
        return f"Too few to judge: a pack is judged from {ENOUGH} questions with options on."
    if flagged:
        return f"Can be guessed ({limit}): {', '.join(flagged)}."
    return f"No strategy earns {limit}."
