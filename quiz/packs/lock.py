"""`pack.lock.json`: which revisions a pack had when it was locked, and what was proven of them.

Authors commit it beside the pack. One line a question, sorted, so that a change shows as one line.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from quiz.core.blocks import Place
from quiz.core.errors import OperatorError
from quiz.core.packs import Finding, Pack
from quiz.core.questions import Question
from quiz.packs.revision import rev

FORMAT = "quizpack-lock/1"


@dataclass(frozen=True, slots=True)
class Kept:
    """What running gave: `proven` or `supported`, the day (ISO) it was first seen, and of what.

    `evidence` is the hash of code, setup and environment; "" where it must be run again.
    """

    result: str
    on: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A question as it was locked; `kept` is None where nothing was shown of this revision."""

    v: int
    rev: str
    kept: Kept | None = None


@dataclass(frozen=True, slots=True)
class Lock:
    """A pack as it was locked; `environment` has the versions that evidence was last run with."""

    pack: str
    environment: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, Entry] = field(default_factory=dict)

    def renewed(self, pack: Pack, minor: Collection[str] = ()) -> Lock:
        """Return the lock with what the author has decided about.

        New questions and a raised `v` are taken, and questions of `minor`, whose wording alone has
        changed. What was retired or renamed leaves. Anything else stays as it was.
        """
        leaving = _given(pack) - _living(pack)
        kept = {id: entry for id, entry in self.questions.items() if id not in leaving}
        for question in pack.questions:
            entry = self.questions.get(question.id)
            decided = entry is None or question.v > entry.v or question.id in minor
            if question.id and decided and not (entry and _same(entry, question)):
                kept[question.id] = Entry(question.v, rev(question))
        return replace(self, pack=pack.id, questions=kept)


def lock_path(pack: Path) -> Path:
    """Return where the lock of a pack lies: beside its `pack.md`, or beside the single file."""
    return pack.with_suffix(".lock.json") if pack.is_file() else pack / "pack.lock.json"


def read_lock(path: Path) -> Lock | None:
    """Return a lock, None where there is none. Raises OperatorError for a file that is no lock."""
    try:
        return _load(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise OperatorError(
            f"{path} cannot be read as a lock: {error}. After a merge take either side of it; "
            "`quiz lock` brings it up to date."
        ) from None


def write_lock(path: Path, lock: Lock) -> None:
    """Write a lock, whole or not at all; a file that says the same is left alone."""
    text = dump(lock)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def dump(lock: Lock) -> str:
    """Return a lock as text: one line a question."""
    lines = [
        f"    {json.dumps(id)}: {json.dumps(_dump(entry))}"
        for id, entry in sorted(lock.questions.items())
    ]
    questions = "{\n" + ",\n".join(lines) + "\n  }" if lines else "{}"
    environment = json.dumps(dict(sorted(lock.environment.items())))
    return (
        f'{{\n  "format": "{FORMAT}",\n  "pack": {json.dumps(lock.pack)},\n'
        f'  "environment": {environment},\n  "questions": {questions}\n}}\n'
    )


def identity_findings(pack: Pack, lock: Lock, file: str) -> list[Finding]:
    """Return what became of ids and revisions since the lock (E601, E602, W602)."""
    found = []
    for id in sorted(lock.questions.keys() - _living(pack) - _given(pack)):
        hint = f"Note it under `retired` with a reason, or say `was: {id}` where it was renamed."
        message = f"the question '{id}' is gone since the pack was locked"
        found.append(Finding(Place(file, 1), "E601", message, hint))
    for question in pack.questions:
        entry = lock.questions.get(question.id)
        if entry and question.v < entry.v:
            message = f"`v` is {question.v}, but it was {entry.v} already"
            found.append(Finding(question.place, "E602", message, f"Write `v: {entry.v}`."))
        elif entry and question.v == entry.v and rev(question) != entry.rev:
            message = f"what '{question.id}' asks or how it is graded changed, but `v` did not"
            hint = (
                f"Only the wording: `quiz lock --minor {question.id}`. "
                f"Another meaning: write `v: {question.v + 1}`."
            )
            found.append(Finding(question.place, "W602", message, hint))
    return found


def _living(pack: Pack) -> set[str]:
    return {question.id for question in pack.questions}


def _given(pack: Pack) -> set[str]:
    """Return the ids that the author has given up, or given other names."""
    return {*pack.retired, *(question.was for question in pack.questions)}


def _same(entry: Entry, question: Question) -> bool:
    return (entry.v, entry.rev) == (question.v, rev(question))


def _dump(entry: Entry) -> dict[str, Any]:
    said: dict[str, Any] = {"v": entry.v, "rev": entry.rev}
    if entry.kept:
        said |= {"result": entry.kept.result, "on": entry.kept.on, "evidence": entry.kept.evidence}
    return said


def _load(said: Any) -> Lock:
    if said["format"] != FORMAT:
        raise ValueError(f"its format is {said['format']!r}, not {FORMAT!r}")
    questions = {
        str(id): Entry(
            int(entry["v"]),
            str(entry["rev"]),
            Kept(str(entry["result"]), str(entry["on"]), str(entry["evidence"]))
            if "result" in entry
            else None,
        )
        for id, entry in said["questions"].items()
    }
    environment = {str(name): str(version) for name, version in said["environment"].items()}
    return Lock(str(said["pack"]), environment, questions)
