"""Lines to find: a fix that changes just these makes the test pass, or just there it raises."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher

from quiz.core.blocks import Fence
from quiz.core.questions import Question
from quiz.kinds.pick import Pick
from quiz.packs.running.bench import Bench, Result, Unproven
from quiz.packs.running.cases import Case, Outcome, Piece
from quiz.packs.running.mutants import Mutants, mutant
from quiz.packs.running.passing import Passing
from quiz.packs.running.written import Expected, piece_of


def prove(bench: Bench) -> Result:
    """Prove that the marked lines, and no others, are what is asked for."""
    kind, fence = bench.kind, bench.draft.body_fence("pick")
    if fence is None or not isinstance(kind, Pick):
        raise Unproven
    code = piece_of(fence, "\n".join(kind.lines) + "\n")
    fix, expected = bench.fence("fix"), bench.expected()
    if not kind.marked:
        return _prove_none(bench, code)
    if fix:
        return _prove_fix(bench, kind, code, fix)
    if expected and expected.raises:
        return _prove_raises(bench, kind, code, expected)
    hint = "Write `fix` and `test`, or `output raises=NAME` where a marked line raises."
    bench.log(bench.place, "E509", "nothing in the evidence tells the marked lines", hint)
    raise Unproven


def _prove_none(bench: Bench, code: Piece) -> Result:
    passing = Passing(bench)
    if passing.expected and passing.expected.raises:
        message = f"no line is marked, but the program ends with {passing.expected.raises}"
        bench.log(bench.place, "E504", message, "Mark the line that raises.")
        raise Unproven
    (outcome,) = bench.run([passing.case(code)], bench.pieces(code))
    return Result.proven if passing.passes(outcome) else Result.unproven


def _prove_fix(bench: Bench, kind: Pick, code: Piece, fix: Fence) -> Result:
    bench.needed("test", "Write a `test` that fails before the fix and passes after it.")
    passing = Passing(bench)
    whole = _check_lines(bench, kind, code, fix)
    before, after = bench.run([passing.case(code), passing.case(piece_of(fix))])
    if passing.met(before):
        hint = "Test what the marked lines break."
        bench.log(passing.tests[0].place, "E512", "the test passes before the fix, too", hint)
    holds = passing.passes(after, "The fixed program must pass.") and not passing.met(before)
    return Result.proven if whole and holds else Result.unproven


def _check_lines(bench: Bench, kind: Pick, code: Piece, fix: Fence) -> bool:
    """Return whether the fix changes the marked lines and no others; reports (E504, E511)."""
    changed = changed_lines(kind.lines, [line.rstrip() for line in fix.lines()], kind.marked)
    for number in sorted(set(kind.marked) - changed.keys()):
        place = code.line_place(code.place.line + number - 1)
        message = "this line is marked, but the fix leaves it as it is"
        bench.log(place, "E504", message, "Remove the mark, or fix the line.")
    for number in sorted(changed.keys() - set(kind.marked)):
        message = f"the fix changes line {number}, which is not marked"
        place = fix.line_place(min(changed[number], len(fix.lines())) - 1)
        bench.log(place, "E511", message, "Mark it, or leave it as it is.")
    return changed.keys() == set(kind.marked)


def changed_lines(
    lines: tuple[str, ...], fixed: list[str], marked: tuple[int, ...]
) -> dict[int, int]:
    """Return the numbers of changed lines, each with the line of the fix that stands there now.

    Lines that are put in count as a change of a marked line beside them, if there is one.
    """
    changed: dict[int, int] = {}
    if len(lines) == len(fixed):
        pairs = enumerate(zip(lines, fixed, strict=True), 1)
        return {number: number for number, (old, new) in pairs if old != new}
    matcher = SequenceMatcher(None, lines, fixed, autojunk=False)
    for tag, first, last, there, _ in matcher.get_opcodes():
        if tag == "insert":
            beside = [number for number in (first, first + 1) if number in marked]
            changed.setdefault((beside or [min(first + 1, len(lines))])[0], there + 1)
        elif tag != "equal":
            changed |= {n + 1: there + 1 + n - first for n in range(first, last)}
    return changed


def _prove_raises(bench: Bench, kind: Pick, code: Piece, expected: Expected) -> Result:
    pieces = bench.pieces(code)
    (outcome,) = bench.run([Case(pieces)], pieces)
    if not bench.holds(expected, outcome):
        return Result.unproven
    return Result.proven if _raised_there(bench, kind, code, outcome) else Result.unproven


def _raised_there(bench: Bench, kind: Pick, code: Piece, outcome: Outcome) -> bool:
    places = [step.place for step in outcome.steps if step.piece == code]
    marked = [code.line_place(code.place.line + number - 1) for number in kind.marked]
    if places and marked == [places[-1]]:
        return True
    where = f"line {places[-1].line - code.place.line + 1}" if places else "no line of it"
    message = f"{outcome.raised} is raised by {where}, and that is not what is marked"
    bench.log(places[-1] if places else bench.place, "E504", message, "Mark that line alone.")
    return False


def mutants(question: Question) -> Mutants:
    """Yield the question with a mark moved to each other line, one more, and none."""
    kind = question.wording.body
    if not isinstance(kind, Pick):
        return
    others = [n for n, line in enumerate(kind.lines, 1) if line and n not in kind.marked]
    for number in others if kind.marked else ():
        moved = tuple(sorted((*kind.marked[1:], number)))
        yield mutant(question, replace(kind, marked=moved), f"the mark moved to line {number}")
    for number in others[:1]:
        more = tuple(sorted((*kind.marked, number)))
        yield mutant(question, replace(kind, marked=more), f"line {number} marked, too")
    if kind.marked:
        yield mutant(question, replace(kind, marked=()), "no line marked")
