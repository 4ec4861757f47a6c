"""What comes back from learners, beside the questions of packs that are checked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from quiz.cli.packs import now_utc
from quiz.cli.statistics import WIDTH, Notes, print_meanings, short, table_of
from quiz.core.definitions import DEFINITIONS, FLAGS
from quiz.core.errors import OperatorError
from quiz.core.hearing import PACK_NOT_PUBLISHED, Beside, PackHeard, beside
from quiz.core.kinds import JSON
from quiz.core.packs import Pack
from quiz.core.questions import Question
from quiz.exports.cells import time_text
from quiz.packs.files import root_of
from quiz.packs.revision import rev
from quiz.storage.engine import Database, connected
from quiz.storage.library import Library
from quiz.storage.ready import check_ready, explained
from quiz.teaching.analysis import analysing
from quiz.teaching.hearing import hear, overhear
from quiz.web.preview.pages import Hear, Listening

NUMBERS = ["n", "facility", "discrimination_index"]
"""What is shown of a question; `quiz stats` shows the rest."""
Line = tuple[Question, Beside]

UNREADABLE = "it cannot be read as it stands: mend it, then see how its questions do"


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
        asked = self.pack.questions if self.pack else ()
        found = [(question, beside(self.heard, question, rev(question))) for question in asked]
        return sorted(found, key=lambda line: not line[1].wants_a_look)


def listen_to(packs: Mapping[Path, Pack | None], url: str) -> Sequence[Hearing]:
    """Return what the database at a URL has heard of packs. Raises OperatorError."""
    return asyncio.run(_listen_to(packs, url))


def check_database(url: str) -> None:
    """Raise OperatorError where there is no database yet, or it cannot be used."""
    asyncio.run(_check_url(url))


def listening_at(url: str) -> Listening:
    """Return how a preview hears what the database at a URL knows of learners."""

    @asynccontextmanager
    async def listening() -> AsyncGenerator[Hear, None]:
        async with (
            connected(url, patient=True) as database,
            analysing(database, Library(), now_utc) as analyst,
        ):

            async def hear_now(pack_id: str) -> PackHeard | None:
                async with explained(database):
                    return await overhear(analyst, pack_id)

            yield hear_now

    return listening


def print_hearings(hearings: Sequence[Hearing], console: Console) -> None:
    """Print a table a pack, and under the last one what numbers, flags and gaps mean."""
    console.width = max(console.width, WIDTH)
    notes, raised = Notes(), set[str]()
    for hearing in hearings:
        analysis = hearing.heard.analysis if hearing.heard else None
        console.print(f"\n{hearing.path}: {analysis.basis if analysis else hearing.reason}")
        if analysis:
            console.print(_table(hearing, notes))
            raised |= {flag for _, found in hearing.lines for flag in found.flags}
    console.print()
    print_meanings(NUMBERS if any(each.heard for each in hearings) else (), raised, notes, console)


def hearings_as_json(hearings: Sequence[Hearing]) -> Mapping[str, JSON]:
    """Return the same for programs, with what numbers and flags mean."""
    return {
        "statistics": [_as_json(hearing) for hearing in hearings],
        "definitions": {name: DEFINITIONS[name].sentence for name in NUMBERS},
        "flags": FLAGS,
    }


async def _check_url(url: str) -> None:
    async with connected(url) as database:
        await _check(database)


async def _check(database: Database) -> None:
    _check_exists(database)
    await check_ready(database)


def _check_exists(database: Database) -> None:
    """Refuse a file that is not there: to look would make it, and nobody has answered in it."""
    if database.is_sqlite and not Path(database.name.removeprefix("file:")).exists():
        raise OperatorError(
            f"There is no database {database.name}, so nothing is known of learners. Name the one "
            "they answer in with QUIZ_DATA or QUIZ_DATABASE_URL, or leave out --with-statistics."
        )


async def _listen_to(packs: Mapping[Path, Pack | None], url: str) -> Sequence[Hearing]:
    async with connected(url, patient=True) as database:
        await _check(database)
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
        table.add_row(*_cells(*line, notes))
    return table


def _cells(question: Question, found: Beside, notes: Notes) -> Iterator[str]:
    name = question.id or short(question.commentary.title)
    yield f"{name} {notes.mark(found.difference)}" if found.difference else name
    if found.numbers:
        yield from notes.cells(found.numbers, NUMBERS)
    else:
        yield from [notes.mark(found.gap)] * len(NUMBERS)
    yield ", ".join(found.flags)
    yield "; ".join(map(short, found.dead_distractors))
    yield str(len(found.reports)) if found.heard else ""


def _as_json(hearing: Hearing) -> JSON:
    analysis = hearing.heard.analysis if hearing.heard else None
    return {
        "path": str(hearing.path),
        "pack_id": hearing.pack.id if hearing.pack else None,
        "reason": hearing.reason,
        "basis": analysis.basis if analysis else None,
        "computed_at": time_text(analysis.computed_at) if analysis else None,
        "questions": [_line_as_json(*line, root_of(hearing.path)) for line in hearing.lines],
    }


def _line_as_json(question: Question, found: Beside, root: Path) -> JSON:
    numbers = found.numbers
    reasons = numbers.reasons if numbers else dict.fromkeys(NUMBERS, found.gap)
    return {
        "file": (root / question.place.file).as_posix(),
        "line": question.place.line,
        "question_id": question.id,
        "published_v": found.heard.v if found.heard else None,
        "published_rev": found.heard.rev if found.heard else None,
        "difference": found.difference,
        **{name: getattr(numbers, name, None) for name in NUMBERS},
        "flags": list(found.flags),
        "dead_distractors": list(found.dead_distractors),
        "reports": len(found.reports),
        "reasons": {name: reasons[name] for name in NUMBERS if name in reasons},
    }
