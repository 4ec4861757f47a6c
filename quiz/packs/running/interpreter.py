"""A lab of interpreters: cases become jobs, and what is said of them becomes outcomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from quiz.core.blocks import Place
from quiz.core.typed import normal_output
from quiz.packs.running.cases import Case, Ending, Outcome, Piece, Runs, Step
from quiz.packs.running.databases import Databases
from quiz.packs.running.process import SCRIPT, Heard, Job, Limits, hear
from quiz.packs.running.program import Program, whole_program

SCRIPT_PIECE = -1
AT_ONCE = 24
"""Cases of one interpreter where each has a database: an empty one takes some megabytes."""


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A lab that starts one interpreter for the cases of a question.

    `python` is that of the environment a pack is tested in, None for our own. With `databases` each
    case has an empty one.
    """

    python: Path | None = None
    limits: Limits = field(default_factory=Limits)
    databases: Databases | None = None

    def run(self, cases: Sequence[Case], program: Sequence[Piece] = ()) -> Runs:
        numbers = list(range(len(cases)))
        rounds: list[Sequence[int] | str] = [numbers, numbers[::-1]] if cases else []
        script = _script(program)
        if script:
            rounds.append(SCRIPT)
        pieces = _numbered(cases)
        job = replace(_job(pieces, cases, rounds), script=script.text if script else "")
        read = _Reader(pieces, self._hear(job, self.limits))
        return Runs(
            tuple(read.outcome(0, number, case) for number, case in enumerate(cases)),
            tuple(read.outcome(1, number, case) for number, case in enumerate(cases)),
            read.program(len(rounds) - 1, script, program) if script else None,
        )

    def run_once(self, cases: Sequence[Case], seconds: float) -> tuple[Outcome, ...]:
        limits = Limits(seconds, self.limits.all_seconds)
        pieces = _numbered(cases)
        found: dict[int, Outcome] = {}
        stuck: list[tuple[list[int], list[list[int]]]] = []
        while len(found) < len(cases):
            left = [number for number in range(len(cases)) if number not in found]
            left = left[:AT_ONCE] if self.databases else left
            job = replace(_job(pieces, cases, [left]), once=True, stuck=stuck)
            read = _Reader(pieces, self._hear(job, limits))
            done = [number for number in left if read.knows(0, number)] or left[:1]
            found |= {number: read.outcome(0, number, cases[number]) for number in done}
            program = [pieces[piece] for piece in cases[done[-1]].pieces]
            stuck += [(program, lines) for lines in [read.stuck_in(done[-1])] if lines]
        return tuple(found[number] for number in range(len(cases)))

    def _hear(self, job: Job, limits: Limits) -> Heard:
        if self.databases is None:
            return hear(job, self.python, limits)
        with self.databases.made(job.places) as addresses:
            return hear(replace(job, databases=addresses), self.python, limits)


def _job(
    pieces: dict[Piece, int], cases: Sequence[Case], rounds: Sequence[Sequence[int] | str]
) -> Job:
    numbered = [([pieces[piece] for piece in case.pieces], case.args) for case in cases]
    return Job([(piece.code, piece.place.line) for piece in pieces], numbered, rounds)


def _script(program: Sequence[Piece]) -> Program | None:
    """Return the whole program; None where it is none: running the pieces tells why."""
    try:
        return whole_program(*(piece.code for piece in program)) if program else None
    except (SyntaxError, ValueError):
        return None


def _numbered(cases: Sequence[Case]) -> dict[Piece, int]:
    pieces: dict[Piece, int] = {}
    for case in cases:
        for piece in case.pieces:
            pieces.setdefault(piece, len(pieces))
    return pieces


class _Reader:
    """Makes outcomes of what an interpreter said."""

    def __init__(self, pieces: dict[Piece, int], heard: Heard) -> None:
        self.pieces, self.heard = list(pieces), heard

    def knows(self, round_: int, number: int) -> bool:
        """Return whether the case was begun."""
        begun = self.heard.at.get(round_, (-1, -1))[0] == number
        return begun or (round_, number) in self.heard.outcomes

    def stuck_in(self, number: int) -> list[list[int]]:
        """Return the line at the top of a piece in which a case got stuck, as [[piece, line]]."""
        lines = self.heard.outcomes.get((0, number), {}).get("stuck", [])
        at = self.heard.at.get(0, (-1, -1))[1]
        return [line for line in lines if line[0] == at][:1]

    def outcome(self, round_: int, number: int, case: Case) -> Outcome:
        said = self.heard.outcomes.get((round_, number))
        at = self.heard.at.get(round_, (-1, -1))
        piece = self.pieces[at[1]] if at[0] == number else case.pieces[-1]
        killed = round_ not in self.heard.ended and not self.heard.silent
        if said is None or killed:
            ending = Ending.stuck if self.heard.silent else Ending.left
            return Outcome(ending, piece.place)
        return _outcome(said, piece.place, lambda n, line: (self.pieces[n], line))

    def program(self, round_: int, script: Program, pieces: Sequence[Piece]) -> Outcome:
        """Return what became of the whole program; its lines lead back to the pack."""

        def origin(_: int, line: int) -> tuple[Piece, int]:
            known = script.origins[line - 1] if 0 < line <= len(script.origins) else None
            piece = pieces[known[0]] if known else pieces[-1]
            return piece, piece.place.line + (known[1] - 1 if known else 0)

        said = self.heard.outcomes.get((round_, SCRIPT))
        end = self.heard.outcomes.get((round_, SCRIPT_PIECE))
        if said is None or end or self.heard.ended.get(round_) is None:
            said = end or ({"left": []} if round_ in self.heard.ended else {"stuck": []})
        return _outcome(said, pieces[-1].place, origin)


def _outcome(
    said: dict[str, Any], place: Place, origin: Callable[[int, int], tuple[Piece, int]]
) -> Outcome:
    ending = next((name for name in (Ending.stuck, Ending.left) if name in said), Ending.over)
    fault = said.get("fault") or {}
    lines = said[ending] if ending in said else fault.get("lines", ())
    passed = (origin(number, line) for number, line in lines)
    steps = tuple(Step(piece, piece.line_place(line)) for piece, line in passed)
    if said.get("known"):
        return Outcome(Ending.over, place, raised="Exception")
    return Outcome(
        ending=Ending.flooded if said.get("much") else ending,
        place=steps[-1].place if steps else place,
        output=normal_output(said.get("output", "")),
        raised=fault.get("type", ""),
        message=fault.get("message", ""),
        steps=steps,
        value=said.get("value"),
        odd=said.get("odd", ""),
    )
