"""What `quiz convert` and `quiz import` share: files in, folders out, and telling what was lost."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from quiz.core.blocks import Place
from quiz.core.drafts import did_you_mean
from quiz.core.errors import OperatorError
from quiz.core.exchange import Imported, Loss, Reader, joined
from quiz.core.packs import Finding
from quiz.formats import readers
from quiz.packs.importing import write_files
from quiz.packs.problems import format_text

MARKDOWN = "markdown"
"""Our own format, which is a folder of files and no module of `quiz.formats`."""

MOST_BYTES = 32 * 1024 * 1024
"""Bytes of a file that is read; a pack of thousands of questions has a few millions."""


def reader(name: str) -> Reader:
    """Return what reads a format. Raises OperatorError for a name that is none."""
    known = readers()
    if name not in known:
        raise OperatorError(f"No format '{name}' can be read. {did_you_mean(name, known)}")
    return known[name]


def read_all(name: str, files: Sequence[Path]) -> Imported:
    """Return the files of a format as one pack, showing progress."""
    read, console = reader(name), _console()
    found: list[Imported] = []
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Reading", total=len(files))
        for file in files:
            found.append(read(_bytes(file), file.as_posix()))
            bar.advance(task)
    return joined(found)


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Write a pack's folder; it takes its name only when it is whole.

    Raises OperatorError when there is one already: what an author wrote is never written over.
    """
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = "Name a new folder: ids stay the same, so that the two can be compared."
        raise OperatorError(f"{folder} is there already. {hint}")
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        part.mkdir(parents=True)
        write_files(files, part)
        part.replace(folder)
    except OSError as error:
        raise OperatorError(f"{folder} cannot be written: {error.strerror}.") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def tell(losses: Iterable[Loss]) -> None:
    """Tell what was lost, one line each with its place, and how much of what in the end."""
    found = sorted(losses)
    if not found:
        return
    console = _console()
    lines = (Finding(loss.place, "lost:", _line(loss)) for loss in found)
    console.print(format_text(list(lines)))
    counts = Counter(loss.what for loss in found)
    console.print(f"Lost: {', '.join(f'{what} ({n})' for what, n in counts.most_common())}.")


def here(losses: Iterable[Loss], root: Path) -> list[Loss]:
    """Return the losses of a pack, their files as they can be opened from where we are."""
    places = ((loss, loss.place) for loss in losses)
    return [
        Loss(Place((root / p.file).as_posix(), p.line, p.col), loss.what, loss.said)
        for loss, p in places
    ]


def _line(loss: Loss) -> str:
    return f"{loss.what}, {loss.said}" if loss.said else loss.what


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise OperatorError(f"{file} cannot be read: {error.strerror}.") from None
    if len(data) > MOST_BYTES:
        most = f"{MOST_BYTES // 1024 // 1024} MB"
        raise OperatorError(f"{file} has more than {most}. Export it in parts, and import those.")
    return data


def _console() -> Console:
    return Console(stderr=True, markup=False, emoji=False, highlight=False, soft_wrap=True)
