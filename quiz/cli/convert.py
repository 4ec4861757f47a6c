"""`quiz convert`: a pack from one format to another."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from quiz.cli.exchange import MARKDOWN, here, read_all, tell, write_folder
from quiz.cli.files import write_file
from quiz.cli.packs import console, now_utc
from quiz.core.drafts import did_you_mean
from quiz.core.errors import OperatorError
from quiz.core.exchange import Loss
from quiz.core.packs import Pack
from quiz.formats import writers
from quiz.packs.files import find_packs, root_of
from quiz.packs.importing import settle
from quiz.packs.loader import load_pack
from quiz.packs.writing import markdown_files


def convert(
    path: Annotated[
        Path, typer.Argument(help="The pack: its folder or file, or another format's.")
    ],
    to: Annotated[str, typer.Option(help="The format to write.")],
    source: Annotated[str, typer.Option("--from", help="The format of what is read.")] = MARKDOWN,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="What to write; without it, standard output."),
    ] = None,
) -> None:
    """Write a pack in another format, and say what that format cannot hold."""
    known = writers(now_utc())
    if to != MARKDOWN and to not in known:
        raise OperatorError(f"There is no format '{to}'. {did_you_mean(to, [*known, MARKDOWN])}")
    pack, root, losses = _read(path, source)
    if to == MARKDOWN:
        tell(losses)
        _write_markdown(pack, output)
        return
    written = known[to](pack)
    tell([*losses, *here(written.losses, root)])
    if output is None:
        sys.stdout.buffer.write(written.data)
        sys.stdout.flush()
    else:
        write_file(output, written.data)
        console().print(f"Wrote {output}")


def _read(path: Path, source: str) -> tuple[Pack, Path, tuple[Loss, ...]]:
    """Return a pack, the folder that its places are relative to, and what reading it lost."""
    if source != MARKDOWN:
        settled = settle(read_all(source, [path]), path.stem)
        return settled.pack, Path(), settled.losses
    packs = find_packs([path])
    if len(packs) != 1:
        raise OperatorError(f"{path} holds {len(packs) or 'no'} packs. Name one of them.")
    pack = load_pack(packs[0]).pack
    if pack is None:
        raise OperatorError(f"{path} has errors. Mend what `quiz check` finds, then convert it.")
    return pack, root_of(packs[0]), ()


def _write_markdown(pack: Pack, output: Path | None) -> None:
    if output is None:
        raise OperatorError("A pack in Markdown is a folder: name one with `-o`.")
    write_folder(markdown_files(pack), output)
    console().print(f"Wrote {output}")
