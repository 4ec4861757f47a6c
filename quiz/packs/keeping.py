"""Proofs that are kept in the lock: which still hold, and which must be run again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quiz.core.packs import Pack
from quiz.packs.exhibits import Exhibit, evidence_hash, exhibits
from quiz.packs.files import root_of
from quiz.packs.lock import Entry, Kept, Lock, lock_path, read_lock, write_lock
from quiz.packs.revision import rev
from quiz.packs.running.bench import Proof, Result


@dataclass(frozen=True, slots=True)
class Docket:
    """A pack whose evidence is to be run: its exhibits, its lock and the environment."""

    path: Path
    pack: Pack
    exhibits: Sequence[Exhibit]
    lock: Lock
    environment: Mapping[str, str]

    @property
    def root(self) -> Path:
        """The folder that places are relative to."""
        return root_of(self.path)

    def known(self, exhibit: Exhibit) -> Result | None:
        """Return what is kept of an exhibit that has not changed, None where it must be run."""
        entry = self.lock.questions.get(exhibit.question.id)
        if entry is None or entry.kept is None or exhibit.missing:
            return None
        same = entry.kept.evidence == evidence_hash(exhibit, self.environment)
        return Result(entry.kept.result) if same else None

    def keep(self, proofs: Sequence[Proof | None], today: str) -> None:
        """Write what was proven into the lock; None stands for what was not run again.

        What failed is not kept, and what only warns is run again the next time. Raises OSError
        where the lock cannot be written.
        """
        lock = replace(self.lock.renewed(self.pack), environment=self.environment)
        entries = dict(lock.questions)
        for exhibit, proof in zip(self.exhibits, proofs, strict=True):
            entry = entries.get(exhibit.question.id)
            if entry and proof and entry.rev == rev(exhibit.question):
                kept = self._kept(exhibit, proof, entry, today)
                entries[exhibit.question.id] = replace(entry, kept=kept)
        write_lock(lock_path(self.path), replace(lock, questions=entries))

    def _kept(self, exhibit: Exhibit, proof: Proof, entry: Entry, today: str) -> Kept | None:
        if proof.result is Result.unproven:
            return None
        evidence = "" if proof.findings else evidence_hash(exhibit, self.environment)
        kept = Kept(str(proof.result), today, evidence)
        # The day says since when it holds: another run of the same changes nothing.
        same = entry.kept and replace(entry.kept, on=today) == kept
        return entry.kept if same else kept


def docket(path: Path, pack: Pack, environment: Mapping[str, str]) -> Docket:
    """Return what is to be run of a pack, with its lock or a new one."""
    lock = read_lock(lock_path(path)) or Lock(pack.id)
    return Docket(path, pack, exhibits(pack, root_of(path)), lock, environment)


@dataclass(frozen=True, slots=True)
class Record:
    """What a lock can vouch for: results by question, and the versions they were seen with."""

    environment: Mapping[str, str]
    kept: Mapping[str, Kept]


def on_record(path: Path, pack: Pack) -> Record:
    """Return what was proven of the questions as they stand now; nothing is run.

    A question is left out when it, its evidence or its setup has changed since. Raises
    OperatorError for a file that is no lock.
    """
    found = docket(path, pack, {})
    then = replace(found, environment=found.lock.environment)
    entries = found.lock.questions
    kept = {e.question.id: entries[e.question.id].kept for e in then.exhibits if then.known(e)}
    return Record(then.environment, {id: said for id, said in kept.items() if said})
