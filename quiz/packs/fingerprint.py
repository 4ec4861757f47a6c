"""A name for all bytes that a pack is made from: equal name, equal pack, without reading it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import quiz
from quiz.packs.files import pack_files, root_of
from quiz.packs.lock import lock_path

ROOMS = ("core", "kinds", "packs")
"""What reads packs: another version of it may read the same bytes as another pack."""

BESIDE = ("images", "setups", "sources")
"""Folders whose files a pack may use."""


def fingerprint(path: Path) -> str:
    """Return the SHA-256 over every file of a pack, and over the code that reads packs.

    Raises OSError for a file that cannot be read.
    """
    found = hashlib.sha256(_code().encode())
    root = root_of(path)
    for file in sorted(set(_files(path))):
        found.update(_entry(file, file.relative_to(root)))
    return found.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    yield from pack_files(path)
    root, lock = root_of(path), lock_path(path)
    if lock.is_file():
        yield lock
    # A folder is the pack's own; beside a single file, only what packs use is.
    folders = [root] if path.is_dir() else [root / name for name in BESIDE]
    for folder in folders:
        yield from (file for file in folder.rglob("*") if file.is_file())


@cache
def _code() -> str:
    found = hashlib.sha256()
    package = Path(quiz.__file__).parent
    for room in ROOMS:
        for file in sorted((package / room).rglob("*.py")):
            found.update(_entry(file, file.relative_to(package)))
    return found.hexdigest()


def _entry(file: Path, name: Path) -> bytes:
    return name.as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest()
