"""What comes back from learners, beside the questions of packs that are checked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from quiz.cli.packs import now_utc
from quiz.cli.statistics import WIDTH, Notes, print_meanings, short, table_of
from quiz.core.definitions import DEFINITIONS, FLAGS
from quiz.core.errors import OperatorError
from quiz.core.hearing import NOT_PUBLISHED, PACK_NOT_PUBLISHED, Heard, PackHeard
from quiz.core.kinds import JSON
from quiz.core.packs import Pack
from quiz.core.questions import Question
from quiz.exports.cells import time_text
from quiz.packs.files import root_of
from quiz.packs.revision import rev
from quiz.storage.engine import Database, connected
from quiz.storage.library import Library
from quiz.storage.ready import check_ready, explained
from quiz.teaching.hearing import hear

NUMBERS = ["n", "facility", "discrimination_index"]
"""What is shown of a question; `quiz stats` shows the rest."""
UNREADABLE = "it cannot be read as it stands: mend it, then see how its questions do"


@dataclass(frozen=True, slots=True)
class Line:
    """A question of a file beside what was heard of it, None where it is not published.

    `difference` says how the published one differs, "" where it does not.
    """

    question: Question
    heard: Heard | None
    difference: str


@dataclass(frozen=True, slots=True)
class Hearing:
    """A pack of files, None where it cannot be read, beside what was heard of it.

    `heard` is None where nothing can be told; `reason` says why, and is "" where something can.
    """

    path: Path
    pack: Pack | None
    heard: PackHeard | None

    @property
    def reason(self) -> str:
        """Why nothing can be told of it, in words; "" where something can."""
        if self.pack is None:
            return UNREADABLE
        return "" if self.heard else PACK_NOT_PUBLISHED

    @property
    def lines(self) -> Sequence[Line]:
        """Its questions: first those with flags or reports, then the others, each in file order."""
        found = [self._line(each) for each in self.pack.questions] if self.pack else []
        return sorted(found, key=lambda line: not (line.heard and line.heard.wants_a_look))

    def _line(self, question: Question) -> Line:
        heard = self.heard.question((question.id, question.was)) if self.heard else None
        difference = heard.difference(question.v, rev(question)) if heard else ""
        return Line(question, heard, difference)


def listen_to(packs: Mapping[Path, Pack | None], url: str) -> Sequence[Hearing]:
    """Return what the database at a URL has heard of packs. Raises OperatorError."""
    return asyncio.run(_listen_to(packs, url))


async def check_answered(database: Database) -> None:
    """Raise OperatorError where there is no database yet, or it cannot be used."""
    _check_exists(database)
    await check_ready(database)


def print_hearings(hearings: Sequence[Hearing], console: Console) -> None:
    """Print a table a pack, and under the last one what numbers, flags and gaps mean."""
    console.width = max(console.width, WIDTH)
    notes, raised = Notes(), set[str]()
    for hearing in hearings:
        analysis = hearing.heard.analysis if hearing.heard else None
        console.print(f"\n{hearing.path}: {analysis.basis if analysis else hearing.reason}")
        if analysis:
            console.print(_table(hearing, notes))
            raised |= {flag for line in hearing.lines if line.heard for flag in line.heard.flags}
    console.print()
    print_meanings(NUMBERS if any(each.heard for each in hearings) else (), raised, notes, console)


def hearings_as_json(hearings: Sequence[Hearing]) -> Mapping[str, JSON]:
    """Return the same for programs, with what numbers and flags mean."""
    return {
        "statistics": [_as_json(hearing) for hearing in hearings],
        "definitions": {name: DEFINITIONS[name].sentence for name in NUMBERS},
        "flags": FLAGS,
    }


def _check_exists(database: Database) -> None:
    """Refuse a file that is not there: to look would make it, and nobody has answered in it."""
    if database.is_sqlite and not Path(database.name.removeprefix("file:")).exists():
        raise OperatorError(
            f"There is no database {database.name}, so nothing is known of learners. Name the one "
            "they answer in with QUIZ_DATA or QUIZ_DATABASE_URL, or leave out --with-statistics."
        )


async def _listen_to(packs: Mapping[Path, Pack | None], url: str) -> Sequence[Hearing]:
    async with connected(url, patient=True) as database:
        await check_answered(database)
        async with explained(database):
            with Console(stderr=True).status("Counting"):
                return [await _hear(database, path, pack) for path, pack in packs.items()]


async def _hear(database: Database, path: Path, pack: Pack | None) -> Hearing:
    if pack is None:
        return Hearing(path, None, None)
    return Hearing(path, pack, await hear(database, Library(), pack.id, clock=now_utc))


def _table(hearing: Hearing, notes: Notes) -> Table:
    table = table_of(NUMBERS, "question", flags=True)
    table.add_column("dead distractors")
    table.add_column("reports", justify="right", no_wrap=True)
    for line in hearing.lines:
        table.add_row(*_cells(line, notes))
    return table


def _cells(line: Line, notes: Notes) -> Iterator[str]:
    heard, name = line.heard, line.question.id or short(line.question.commentary.title)
    yield f"{name} {notes.mark(line.difference)}" if line.difference else name
    if heard and heard.analysed:
        yield from notes.cells(heard.analysed.numbers, NUMBERS)
    else:
        yield from [notes.mark(heard.gap if heard else NOT_PUBLISHED)] * len(NUMBERS)
    yield ", ".join(heard.flags) if heard else ""
    yield "; ".join(map(short, heard.dead_distractors)) if heard else ""
    yield str(len(heard.reports)) if heard else ""


def _as_json(hearing: Hearing) -> JSON:
    analysis = hearing.heard.analysis if hearing.heard else None
    return {
        "path": str(hearing.path),
        "pack_id": hearing.pack.id if hearing.pack else None,
        "reason": hearing.reason,
        "basis": analysis.basis if analysis else None,
        "computed_at": time_text(analysis.computed_at) if analysis else None,
        "questions": [_line_as_json(line, root_of(hearing.path)) for line in hearing.lines],
    }


def _line_as_json(line: Line, root: Path) -> JSON:
    question, heard = line.question, line.heard
    found = heard.analysed.numbers if heard and heard.analysed else None
    without = heard.gap if heard else NOT_PUBLISHED
    reasons = found.reasons if found else dict.fromkeys(NUMBERS, without)
    return {
        "file": (root / question.place.file).as_posix(),
        "line": question.place.line,
        "question_id": question.id,
        "published_v": heard.v if heard else None,
        "published_rev": heard.rev if heard else None,
        "difference": line.difference,
        **{name: getattr(found, name, None) for name in NUMBERS},
        "flags": list(heard.flags) if heard else [],
        "dead_distractors": list(heard.dead_distractors) if heard else [],
        "reports": len(heard.reports) if heard else 0,
        "reasons": {name: reasons[name] for name in NUMBERS if name in reasons},
    }
