"""`quiz import`: questions that an author has elsewhere, as a pack in Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quiz.cli.exchange import read_all, tell, write_folder
from quiz.cli.packs import console
from quiz.packs.importing import settle


def import_(
    source: Annotated[str, typer.Argument(metavar="FORMAT", help="The format of the files.")],
    files: Annotated[list[Path], typer.Argument(help="The files; together they become one pack.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The folder to make; its name becomes the id.")
    ],
) -> None:
    """Make a pack in Markdown of another program's files, and say what was lost."""
    settled = settle(read_all(source, files), output.resolve().name)
    write_folder(settled.files, output)
    tell(settled.losses)
    questions = len(settled.pack.questions)
    console().print(f"Wrote {output}: {questions} question{'' if questions == 1 else 's'}.")
    console().print(f"Check it with `quiz check {output}`.")
