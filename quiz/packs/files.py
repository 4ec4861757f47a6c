"""The files of packs: which there are, and their text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from quiz.core.blocks import Place
from quiz.core.errors import OperatorError
from quiz.core.kinds import Report

MAX_FILE = 1024 * 1024
"""Bytes of one file of a pack."""

FIRST = "pack.md"
BOM = b"\xef\xbb\xbf"
START = 4096
"""Bytes in which a single file must say that it is a pack."""


def find_packs(paths: Iterable[Path]) -> list[Path]:
    """Return the packs at and below the paths: folders with a `pack.md`, and single files.

    A file named itself is a pack, or stands for the folder it is a topic of. Raises OperatorError
    for a path that does not exist, may not be looked into, or is neither file nor folder.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        try:
            for pack in _named(path):
                found.setdefault(pack.resolve(), pack)
        except OSError as error:
            raise OperatorError(
                f"{error.filename or path} cannot be read: {error.strerror}. "
                "Let whoever runs this read it, or name another path."
            ) from None
    return list(found.values())


def pack_files(pack: Path) -> list[Path]:
    """Return the Markdown files of a pack in the order they are read."""
    if pack.is_file():
        return [pack]
    topics = (
        path
        for path in pack.glob("*.md")
        if path.name != FIRST and path.is_file() and _is_read(path)
    )
    return [pack / FIRST, *sorted(topics)]


def root_of(pack: Path) -> Path:
    """Return the folder that a pack's links are relative to."""
    return pack.parent if pack.is_file() else pack


def read_text(path: Path, root: Path, report: Report) -> str | None:
    """Return a file's text with plain line ends; None after reporting why it cannot be read."""
    place = Place(path.name, 1)
    if not path.resolve().is_relative_to(root.resolve()):
        hint = "Put the file itself into the pack's folder."
        report(place, "E403", "this file is a link that leaves the pack", hint)
        return None
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except OSError as error:
        hint = "Let whoever starts the server read it, or take it away."
        report(place, "E001", f"this file cannot be read: {error.strerror}", hint)
        return None
    if len(data) > MAX_FILE:
        report(place, "E121", "this file has more than 1 MB", "Take it apart into topics.")
        return None
    if data.startswith(BOM):
        report(place, "W001", "the file starts with a byte order mark", "Save it without one.")
        data = data.removeprefix(BOM)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        message, hint = f"byte {data[error.start]:#04x} is not UTF-8", "Save the file as UTF-8."
        report(_place_of(path.name, data, error.start), "E001", message, hint)
        return None
    if "\0" in text:
        # CommonMark would put another sign in its place, and no database takes it.
        hint = "Remove it; a file of UTF-16 must be saved as UTF-8."
        report(_place_of(path.name, data, data.index(0)), "E001", "a NUL character", hint)
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _place_of(file: str, data: bytes, at: int) -> Place:
    before = data[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    return Place(file, len(before), len(before[-1].decode()) + 1)


def _named(path: Path) -> Iterator[Path]:
    if not path.exists():
        raise OperatorError(f"There is no file or folder {path}.")
    if path.is_dir():
        yield from _below(path)
    elif not path.is_file():
        raise OperatorError(
            f"{path} is neither a file nor a folder. Name a pack, or a folder with packs in it."
        )
    elif (path.parent / FIRST).is_file():
        yield path.parent
    else:
        yield path


def _below(folder: Path) -> Iterator[Path]:
    if (folder / FIRST).is_file():
        yield folder
        return
    for path in sorted(folder.iterdir()):
        if not _is_read(path):
            continue
        # A linked folder could lead back to where we are.
        if path.is_dir() and not path.is_symlink():
            yield from _below(path)
        elif path.suffix == ".md" and path.is_file() and _says_pack(path):
            yield path


def _is_read(path: Path) -> bool:
    return not path.name.startswith(("_", ".")) and path.name != "README.md"


def _says_pack(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            lines = file.read(START).removeprefix(BOM).split(b"\n")
    except OSError:
        return True  # it may be one: reading it tells why it cannot be read
    pairs = (line.partition(b":") for line in lines)
    return lines[0].rstrip() == b"---" and any(
        key == b"format" and b"quizpack/" in value for key, _, value in pairs
    )
