"""`quiz convert`: a pack in another form, for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from quiz.cli.files import write_file
from quiz.cli.packs import console
from quiz.core.drafts import did_you_mean
from quiz.core.errors import OperatorError
from quiz.formats import writers
from quiz.packs.files import find_packs
from quiz.packs.loader import load_pack


def convert(
    path: Annotated[Path, typer.Argument(help="The pack: its folder, or its file.")],
    to: Annotated[str, typer.Option(help="The format to write.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The file to write; without it, standard output."),
    ] = None,
) -> None:
    """Write a pack in another format."""
    known = writers()
    if to not in known:
        raise OperatorError(f"There is no format '{to}'. {did_you_mean(to, known)}")
    packs = find_packs([path])
    if len(packs) != 1:
        raise OperatorError(f"{path} holds {len(packs) or 'no'} packs. Name one of them.")
    pack = load_pack(packs[0]).pack
    if pack is None:
        raise OperatorError(f"{path} has errors. Mend what `quiz check` finds, then convert it.")
    data = known[to](pack)
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    else:
        write_file(output, data)
        console().print(f"Wrote {output}")
