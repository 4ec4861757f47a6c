"""A folder or file to a pack, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from quiz.core.blocks import Block, Place
from quiz.core.packs import Finding, Pack, Section
from quiz.packs.assembly import Assembly
from quiz.packs.cues import check_cues
from quiz.packs.files import find_packs, pack_files, read_text, root_of
from quiz.packs.frontmatter import FrontMatter, Value, cut, read_front_matter
from quiz.packs.lock import identity_findings, lock_path, read_lock
from quiz.packs.problems import Log
from quiz.packs.reader import read_blocks

__all__ = ["Checked", "Loaded", "check_paths", "find_packs", "load_pack", "since_lock"]

Progress = Callable[[Path], None]
"""Called with each file after it was read."""

ONLY_STRICT = frozenset({"W215", "W216", "W217"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """A pack as read: None when a finding is an error. Places are relative to its folder.

    `draft` is what could be read all the same, for its author's eyes; `sections` are all that
    stand under a `##`. `id` is what the front matter says of it, also where the pack is broken;
    `questions` counts the broken ones, too.
    """

    pack: Pack | None
    findings: tuple[Finding, ...]
    draft: Pack
    sections: tuple[Section, ...] = ()
    id: Value | None = None
    questions: int = 0
    """How many questions it has, broken ones too."""
    read: Pack | None = None
    """What could be read of it, errors or not; None where too much of it is unclear."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Several packs as read; files of findings as they can be opened from where we are."""

    findings: tuple[Finding, ...]
    packs: int
    questions: int
    whole: tuple[tuple[Path, Pack], ...] = ()
    """The packs without an error, each with its path."""
    read: tuple[tuple[Path, Pack], ...] = ()
    """The packs as far as they could be read, each with its path."""


def load_pack(
    path: Path,
    *,
    strict: bool = False,
    publishing: bool = False,
    progress: Progress | None = None,
) -> Loaded:
    """Return the pack at a folder or single file, with all findings in the order of places.

    `strict` adds the findings that are made on request only; they stay warnings here. With it, and
    for `publishing`, a missing id is an error (E101): nobody's progress could be kept without one.
    """
    log = Log()
    front, files, whole = _read_files(path, log, progress)
    assembly = Assembly(path, front, log)
    pack = assembly.pack(files)
    if strict:
        check_cues(pack, Place(pack_files(path)[0].name, 1), log)
    if not whole or log.has("E115"):
        # What was not read may hold what is missed elsewhere.
        log.drop("W101", "W112", "E117", "W118", "W119", "W122", "E402")
    findings = _ordered(log, strict)
    if strict or publishing:
        findings = tuple(replace(f, code="E101") if f.code == "W101" else f for f in findings)
    broken = any(finding.severity == "error" for finding in findings)
    return Loaded(
        pack=None if broken else pack,
        findings=findings,
        draft=pack,
        sections=tuple(assembly.sections),
        id=front.texts.get("id"),
        questions=assembly.count,
        read=pack if whole and not log.has("E002", "E115") else None,
    )


def check_paths(
    paths: Iterable[Path], *, strict: bool = False, progress: Progress | None = None
) -> Checked:
    """Return what is wrong with the packs at the paths, and between them (E005)."""
    findings: list[Finding] = []
    packs = find_packs(paths)
    questions = 0
    ids: dict[str, Path] = {}
    whole: list[tuple[Path, Pack]] = []
    read: list[tuple[Path, Pack]] = []
    for path in packs:
        loaded = load_pack(path, strict=strict, progress=progress)
        questions += loaded.questions
        whole += [(path, loaded.pack)] if loaded.pack else []
        read += [(path, loaded.read)] if loaded.read else []
        found = [*loaded.findings, *taken_id(path, loaded.id, ids), *since_lock(path, loaded.pack)]
        findings += from_here(path, found)
    return Checked(tuple(findings), len(packs), questions, tuple(whole), tuple(read))


def taken_id(path: Path, said: Value | None, ids: dict[str, Path]) -> list[Finding]:
    """Return a finding where an earlier pack has the same id (E005); `ids` learns this one's."""
    if said is None or ids.setdefault(said.text, path) == path:
        return []
    hint = "The id names a pack's questions everywhere: choose another."
    message = f"the id '{said.text}' is the one of {ids[said.text]}, too"
    return [Finding(said.place, "E005", message, hint)]


def from_here(path: Path, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return a pack's findings in order, their files as they can be opened from where we are."""
    root = root_of(path)
    return tuple(
        replace(found, place=replace(found.place, file=(root / found.place.file).as_posix()))
        for found in sorted(findings)
    )


def _read_files(
    path: Path, log: Log, progress: Progress | None
) -> tuple[FrontMatter, list[tuple[Block, ...]], bool]:
    """Return front matter, the blocks of each file, and whether every file could be read."""
    front = FrontMatter(readable=False)
    files: list[tuple[Block, ...]] = []
    whole = True
    for number, file in enumerate(pack_files(path)):
        text = read_text(file, root_of(path), log)
        if text is None:
            whole = False
        else:
            place = Place(file.name, 1)
            yaml, text = cut(text, place, log)
            if number == 0:
                front = _front(yaml, place, log)
            elif yaml is not None:
                hint = "Only the first file of a pack has one."
                log(place, "E002", "front matter in a topic's file", hint)
            blocks, found = _blocks(text, file.name)
            files.append(blocks)
            log.findings += found
        if progress:
            progress(file)
    return front, files, whole


@lru_cache(maxsize=64)
def _blocks(text: str, file: str) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """Return the blocks of a file and what is wrong with them, read once a text."""
    log = Log()
    blocks = read_blocks(text, file, log)
    return blocks, tuple(log.findings)


def _front(yaml: str | None, place: Place, log: Log) -> FrontMatter:
    if yaml is None and log.has("E002"):
        return FrontMatter(readable=False)
    return read_front_matter(yaml or "", place, log)


def _ordered(log: Log, strict: bool) -> tuple[Finding, ...]:
    """Return each finding once, by place; several reporters may see the same."""
    asked = (f for f in log.findings if strict or f.code not in ONLY_STRICT)
    return tuple(sorted(set(asked)))


def since_lock(path: Path, pack: Pack | None) -> list[Finding]:
    """Return what is wrong with a whole pack that was locked once (E601, E602, W602)."""
    lock = read_lock(lock_path(path)) if pack else None
    return identity_findings(pack, lock, pack_files(path)[0].name) if pack and lock else []
