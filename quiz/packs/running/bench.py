"""A question on the bench: its pieces put together, run, and held against what it declares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from quiz.core.blocks import Fence, Place
from quiz.core.kinds import Draft, Kind
from quiz.core.packs import Finding
from quiz.core.questions import Question
from quiz.packs.problems import Log
from quiz.packs.running.cases import Case, Ending, Lab, Outcome, Piece
from quiz.packs.running.written import Expected, expectation, piece_of

SHOWN = 200
"""Signs of an output that a message shows."""


class Result(StrEnum):
    """How well an answer is founded."""

    proven = "proven"
    """The declared answer itself follows from a run."""
    supported = "supported"
    """Something ran that is not tied to the answer."""
    unproven = "unproven"
    """Nothing ran, or it did not hold."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of the evidence of a question; places are relative to its pack's folder."""

    result: Result
    findings: tuple[Finding, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether something does not hold."""
        return any(finding.severity == "error" for finding in self.findings)


class Unproven(Exception):  # noqa: N818  it ends a proof, and is no error of ours
    """Raised after a problem was reported that leaves nothing more to say."""


@dataclass(frozen=True, slots=True)
class Bench:
    """One question, what runs before its code, where it is run, and what takes the findings."""

    question: Question
    draft: Draft
    setup: Piece | None
    lab: Lab
    log: Log

    @property
    def kind(self) -> Kind:
        """What is asked."""
        return self.question.wording.body

    @property
    def place(self) -> Place:
        """Where the evidence is written, or the question where there is none."""
        part = next(iter(self.draft.named("Evidence")), None)
        return part.place if part else self.question.place

    def fence(self, role: str) -> Fence | None:
        """Return the first fence of that role under `### Evidence`, or None."""
        body = self.draft.body_fence("run")
        mine = (fence for fence in self.question.evidence if fence is not body)
        return next((fence for fence in mine if fence.role == role), None)

    def needed(self, role: str, what: str) -> Fence:
        """Return that fence; reports where it is missing (E509). Raises Unproven."""
        fence = self.fence(role)
        if fence is None:
            self.log(self.place, "E509", f"no `{role}` under `### Evidence`", what)
            raise Unproven
        return fence

    def program(self) -> Fence | None:
        """Return the program that is shown, or else the one under `### Evidence`."""
        return self.draft.body_fence("run") or self.fence("run")

    def needed_program(self, what: str) -> Fence:
        """Return the program of the evidence, or else the one shown. Raises Unproven (E509)."""
        return self.fence("run") or self.draft.body_fence("run") or self.needed("run", what)

    def expected(self) -> Expected | None:
        """Return what the fence `output` under `### Evidence` says, None without one."""
        fences = (fence for fence in self.question.evidence if fence.language == "output")
        fence = next(fences, None)
        return expectation(fence) if fence else None

    def pieces(self, *codes: Piece) -> tuple[Piece, ...]:
        """Return setups and the codes, in the order they run."""
        first = [self.setup] if self.setup else []
        inline = [piece_of(f) for f in self.question.evidence if f.role == "setup"]
        return (*first, *inline, *codes)

    def run(self, cases: Sequence[Case], program: Sequence[Piece] = ()) -> tuple[Outcome, ...]:
        """Run the cases twice, and the whole program; report how they could not (E503 to E513).

        Raises Unproven where a case did not come to its own end, or two runs differ.
        """
        runs = self.lab.run(cases, program)
        if any(one.ending is Ending.stuck for one in (*runs.first, *runs.second)):
            runs = self.lab.run(cases, program)  # was it the program, or was the machine busy?
        for outcome in (*runs.first, *runs.second):
            self.ended(outcome)
        for one, two in zip(runs.first, runs.second, strict=True):
            if not one.same(two):
                said = f"two runs differ: {described(one)}, then {described(two)}"
                hint = "Leave out times, addresses and chance; sort what has no order."
                self.log(one.place, "E508", said, hint)
                raise Unproven
        if runs.program:
            self._as_script(runs.program, runs.first[0], cases[0].pieces == tuple(program))
        return runs.first

    def _as_script(self, script: Outcome, outcome: Outcome, alike: bool) -> None:
        """Report where the whole program fails or, being `alike`, does other things than a case."""
        self.ended(script)
        mine, other = (script.output, script.raised), (outcome.output, outcome.raised)
        if (alike and mine != other) or (script.raised and not alike):
            expected = f"instead of {described(outcome)}" if alike else "by itself"
            said = f"as one script the program gives {described(script)}, {expected}"
            hint = "Learners can ask for the whole program: it must do the same."
            self.log(script.place, "E502" if alike else "E501", said, hint)
            raise Unproven

    def ended(self, outcome: Outcome) -> None:
        """Report a case that did not come to its own end. Raises Unproven."""
        endings = {
            Ending.stuck: ("E503", "the program did not stop", "Give it an end within 10 seconds."),
            Ending.left: ("E501", "the program ended its interpreter", "Raise, or return."),
            Ending.flooded: ("E513", "the program printed too much", "Print a few short values."),
        }
        if outcome.ending in endings:
            self.log(outcome.place, *endings[outcome.ending])
            raise Unproven

    def worked(self, outcome: Outcome, hint: str = "") -> bool:
        """Return whether a case ended without an exception; reports one (E501)."""
        if outcome.raised:
            said = ": ".join(filter(None, (outcome.raised, outcome.message)))
            self.log(outcome.place, "E501", f"the program failed: {said}", hint)
        return not outcome.raised

    def holds(self, expected: Expected, outcome: Outcome) -> bool:
        """Return whether a run did what is expected; reports how it did not (E501, E502)."""
        if outcome.raised != expected.raises and outcome.raised:
            hint = f"Expected is an end with {expected.raises}." if expected.raises else ""
            return self.worked(outcome, hint)
        place = _differing(expected, outcome)
        if outcome.output != expected.output:
            said = f"the output is {shown(outcome.output)}, not {shown(expected.output)}"
            self.log(place, "E502", said, "Correct the one or the other.")
        elif outcome.raised != expected.raises:
            said = f"the program ends normally, not with {expected.raises}"
            self.log(place, "E502", said, "Leave out `raises=`, or make it raise.")
        return expected.met(outcome)

    def checked(self, outcome: Outcome, check: Fence) -> bool | None:
        """Return what `check` said, None after reporting why it said nothing (E501, E509)."""
        if not self.worked(outcome):
            return None
        if outcome.value is None:
            said = f"`check` returned {outcome.odd}, neither True nor False"
            said = "no function `check`" if outcome.odd == "missing" else said
            self.log(check.place, "E509", said, "Define `check`, and return True or False.")
            raise Unproven
        return outcome.value


def shown(text: str) -> str:
    """Return an output as a message shows it: on one line, and not too long."""
    line = text.replace("\n", "⏎")
    return f"‘{line[:SHOWN]}…’" if len(line) > SHOWN else f"‘{line}’" if line else "empty"


def described(outcome: Outcome) -> str:
    """Return in a few words what became of a case."""
    if outcome.ending is not Ending.over:
        return str(outcome.ending)
    said = [shown(outcome.output)] if outcome.output or not outcome.raised else []
    said += [outcome.raised] if outcome.raised else []
    said += [str(outcome.value)] if outcome.value is not None else []
    return " and ".join(said)


def _differing(expected: Expected, outcome: Outcome) -> Place:
    """Return the first line of the expected output that the real one does not have."""
    if expected.fence is None:
        return outcome.place
    lines, real = expected.fence.lines(), outcome.output.split("\n")
    for at, line in enumerate(lines):
        if line.strip() and (at >= len(real) or line.rstrip() != real[at]):
            return expected.fence.line_place(at)
    return expected.fence.place
