"""`quiz lock`: what learners were shown is noted beside the pack, so that a slip is noticed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from quiz.cli.packs import console
from quiz.core.errors import OperatorError
from quiz.core.packs import Pack
from quiz.packs.files import pack_files
from quiz.packs.loader import check_paths, from_here
from quiz.packs.lock import Lock, identity_findings, lock_path, read_lock, write_lock
from quiz.packs.problems import format_text


def lock(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Packs, and folders with packs in them.")
    ] = None,
    minor: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="A question of which only the wording has changed."),
    ] = None,
) -> None:
    """Note ids and revisions of packs beside them; exit code 1 where the author must decide."""
    checked = check_paths(paths or [Path("content")])
    wanted = set(minor or ())
    unknown = sorted(wanted - {q.id for _, pack in checked.whole for q in pack.questions})
    if unknown:
        raise OperatorError(f"No question has the id '{unknown[0]}'. Name one of these packs.")
    undecided = [_lock(path, pack, wanted) for path, pack in checked.whole]
    broken = checked.packs - len(checked.whole)
    if broken:
        count = "1 pack was" if broken == 1 else f"{broken} packs were"
        console().print(f"{count} not locked: `quiz check` says what is wrong.")
    raise typer.Exit(int(any(undecided) or broken > 0))


def _lock(path: Path, pack: Pack, minor: set[str]) -> bool:
    """Lock a pack and say so; return whether something is left to decide."""
    where = lock_path(path)
    before = read_lock(where) or Lock(pack.id)
    after = before.renewed(pack, minor)
    _write(where, after)
    findings = identity_findings(pack, after, pack_files(path)[0].name)
    if findings:
        console().print(format_text(from_here(path, findings)))
    console().print(f"{where}: {_told(before, after)}.")
    return bool(findings)


def _write(where: Path, lock: Lock) -> None:
    try:
        write_lock(where, lock)
    except OSError as error:
        raise OperatorError(f"{where} cannot be written: {error.strerror}.") from None


def _told(before: Lock, after: Lock) -> str:
    old, new = before.questions, after.questions
    changed = [
        id
        for id in old.keys() & new.keys()
        if replace(old[id], kept=None) != replace(new[id], kept=None)
    ]
    counts = {
        "new": len(new.keys() - old.keys()),
        "changed": len(changed),
        "gone": len(old.keys() - new.keys()),
    }
    said = [f"{number} {name}" for name, number in counts.items() if number]
    return ", ".join(said) or "nothing has changed"
