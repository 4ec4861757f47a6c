"""`quiz mutate`: wrong keys are planted, and those that evidence does not notice are told."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from quiz.cli.packs import console
from quiz.core.blocks import Place
from quiz.packs.exhibits import Exhibit, exhibits
from quiz.packs.files import root_of
from quiz.packs.loader import check_paths
from quiz.packs.mutating import Noticing, notice
from quiz.packs.running.databases import Databases
from quiz.packs.running.interpreter import Interpreter
from quiz.packs.running.process import DATABASE

Shown = tuple[Path, Exhibit]
"""A question with the folder of its pack."""


def mutate(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Packs, and folders with packs in them.")
    ] = None,
    python: Annotated[
        Path | None, typer.Option(help="The interpreter of another environment.")
    ] = None,
) -> None:
    """Plant wrong keys and run the evidence: exit code 1 where one is not noticed.

    Code of the packs is executed.
    """
    checked = check_paths(paths or [Path("content")])
    shown = [
        (root_of(path), exhibit)
        for path, pack in checked.whole
        for exhibit in exhibits(pack, root_of(path))
    ]
    told = _notice(shown, python)
    lines = [
        line for one, noticing in zip(shown, told, strict=True) for line in _lines(one, noticing)
    ]
    for line in lines:
        console().print(line)
    planted = sum(noticing.planted for noticing in told)
    tried = sum(noticing.planted > 0 for noticing in told)
    missed = sum(len(noticing.missed) for noticing in told)
    end = "all noticed" if not missed else f"{missed} not noticed"
    questions = "1 question" if tried == 1 else f"{tried} questions"
    console().print(f"{planted} wrong keys planted in {questions}: {end}.")
    raise typer.Exit(int(bool(lines)))


def _notice(shown: list[Shown], python: Path | None) -> list[Noticing]:
    bars = console()
    with (
        Databases(os.environ.get(DATABASE, "")) as databases,
        ThreadPoolExecutor(os.cpu_count() or 1) as threads,
        Progress(console=bars, transient=True, disable=not bars.is_terminal) as bar,
    ):
        task = bar.add_task("Planting", total=len(shown))
        lab = Interpreter(python)
        served = replace(lab, databases=databases)

        def one(shown: Shown) -> Noticing:
            noticing = notice(shown[1], served if shown[1].needs_postgresql else lab)
            bar.advance(task)
            return noticing

        return list(threads.map(one, shown))


def _lines(one: Shown, noticing: Noticing) -> list[str]:
    root, exhibit = one
    question = exhibit.question
    lines = [
        f"{_where(root, question.place)}: {question.id}: not noticed: {said}"
        for said in noticing.missed
    ]
    if noticing.only_repeats:
        where = _where(root, noticing.only_repeats)
        lines.append(f"{where}: {question.id}: this only repeats the key; find it by running")
    return lines


def _where(root: Path, place: Place) -> str:
    return f"{(root / place.file).as_posix()}:{place.line}:{place.col}"
