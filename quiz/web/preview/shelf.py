"""The packs on disk, read again when one of their files has changed, and only then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from quiz.core.errors import NotFoundError
from quiz.packs.files import find_packs, pack_files, root_of
from quiz.packs.loader import Loaded, load_pack, taken_id
from quiz.packs.lock import lock_path
from quiz.packs.proofs import proofs_of, with_proofs
from quiz.web.preview.drafting import Memory, draft_of, remember
from quiz.web.preview.views import PackDraft

FOLDERS = ("images", "setups", "sources")
"""Where a pack keeps what its texts need beside themselves."""

NO_WORD = re.compile(r"[^\w.-]+")

Stamp = tuple[tuple[str, int, int], ...]
"""Path, time of change in nanoseconds and size of each file of a pack."""


@dataclass(frozen=True, slots=True)
class _Held:
    stamp: Stamp
    loaded: Loaded
    memory: Memory


class Shelf:
    """The packs at and below some paths; safe to use from several threads."""

    def __init__(self, paths: Sequence[Path], *, strict: bool = False) -> None:
        self.paths = tuple(paths)
        self.strict = strict
        self._held: dict[Path, _Held] = {}
        self._lock = Lock()

    def packs(self) -> tuple[PackDraft, ...]:
        """Return all packs as their files stand now.

        Raises OperatorError for a path that is gone.
        """
        with self._lock:
            found = find_packs(self.paths)
            self._held = {path: self._look(path) for path in found}
            keyed = zip(_keys(found), self._held.items(), strict=True)
            ids: dict[str, Path] = {}
            return tuple(_draft(key, path, held, ids) for key, (path, held) in keyed)

    def pack(self, key: str) -> PackDraft:
        """Return the pack whose address ends in `key`. Raises NotFoundError, OperatorError."""
        for draft in self.packs():
            if draft.key == key:
                return draft
        raise NotFoundError(f"There is no pack “{key}” here. Was its folder renamed?")

    def _look(self, path: Path) -> _Held:
        held, stamp = self._held.get(path), _stamp(path)
        if held and held.stamp == stamp:
            return held
        loaded = load_pack(path, strict=self.strict)
        proven = with_proofs(loaded.draft, proofs_of(path, loaded.draft))
        loaded = replace(loaded, draft=proven)
        return _Held(stamp, loaded, remember(loaded, held.memory if held else {}))


def _draft(key: str, path: Path, held: _Held, ids: dict[str, Path]) -> PackDraft:
    """Return what the pages of a pack show; `ids` are those of the packs before it."""
    loaded = held.loaded
    findings = sorted([*loaded.findings, *taken_id(path, loaded.id, ids)])
    return draft_of(key, path, replace(loaded, findings=tuple(findings)), held.memory)


def _keys(packs: Sequence[Path]) -> list[str]:
    """Return a name for each pack: that of its folder or file, with a number where it is taken."""
    keys: list[str] = []
    for path in packs:
        full = path.resolve()
        name = NO_WORD.sub("-", full.stem if full.is_file() else full.name)
        number = sum(key == name or key.startswith(f"{name}~") for key in keys) + 1
        keys.append(name if number == 1 else f"{name}~{number}")
    return keys


def _stamp(pack: Path) -> Stamp:
    found = []
    for path in _files(pack):
        try:
            state = path.stat()
        except OSError:  # it went away while we looked
            continue
        found.append((str(path), state.st_mtime_ns, state.st_size))
    return tuple(sorted(found))


def _files(pack: Path) -> Iterator[Path]:
    """Yield the files that a pack is made of, its own and those in the folders beside them."""
    yield from (*pack_files(pack), lock_path(pack))
    if pack.is_dir():
        yield from (path for path in pack.iterdir() if path.suffix != ".md")
    for name in FOLDERS:
        yield from (root_of(pack) / name).rglob("*")
