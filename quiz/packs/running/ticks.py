"""Proving which of several options are right: shared by the kinds one ticks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quiz.core.blocks import Block, Inline, Paragraph, Place, Quote
from quiz.core.kinds import Draft, Kind
from quiz.core.questions import Question
from quiz.core.tasklists import BOX, Option, task_lists
from quiz.core.ticking import Options
from quiz.core.typed import normal_output
from quiz.packs.running.bench import Bench, Result, Unproven, shown
from quiz.packs.running.cases import Case, Outcome
from quiz.packs.running.mutants import Mutants, mutant
from quiz.packs.running.written import content_of, piece_of

RIGHT = {True: "right", False: "wrong"}


@dataclass(frozen=True, slots=True)
class Offered:
    """An option, where it stands, and its content: that of its only code span or fence, if any."""

    option: Option
    place: Place
    content: str
    is_code: bool


def offered(kind: Kind, draft: Draft) -> list[Offered]:
    """Return the options with their places, none for a kind without options."""
    if not isinstance(kind, Options):
        return []
    items = task_lists(draft)[0].items
    found = []
    for option, item in zip(kind.options, items, strict=True):
        blocks: list[Block] = [block for block in item.blocks if not isinstance(block, Quote)]
        first = blocks[0]
        if isinstance(first, Paragraph):
            text = first.text
            blocks[0] = Paragraph(
                first.place,
                Inline(BOX.sub("", text.source, 1), BOX.sub("", text.plain, 1), text.codes),
            )
        found.append(Offered(option, item.place, *content_of(blocks)))
    return found


def prove_ticks(bench: Bench) -> Result:
    """Prove the ticks: by `check`, by the output of the program, or not at all."""
    if bench.fence("check"):
        return _by_check(bench)
    program, expected = bench.program(), bench.expected()
    if program is None:
        bench.needed("check", "Write `def check(option)`, or a program whose output is an option.")
    elif expected:
        pieces = bench.pieces(piece_of(program))
        held = bench.holds(expected, bench.run([Case(pieces)], pieces)[0])
        return Result.supported if held else Result.unproven
    return _by_output(bench)


def judge(bench: Bench, one: Offered, said: bool | None) -> bool:
    """Return whether an option is what was found; reports where it is not (E504)."""
    right = one.option.right
    if said is None or said == right:
        return said is not None
    name = shown(one.content)
    found = f"the option {name} is declared {RIGHT[right]}, but `check` says it is {RIGHT[said]}"
    bench.log(one.place, "E504", found, "Correct the tick, or the check.")
    return False


def _by_check(bench: Bench) -> Result:
    check = bench.needed("check", "")
    pieces, options = bench.pieces(piece_of(check)), offered(bench.kind, bench.draft)
    cases = [Case(pieces, (one.content,)) for one in options]
    outcomes = bench.run(cases)
    judged = [
        judge(bench, one, bench.checked(outcome, check))
        for one, outcome in zip(options, outcomes, strict=True)
    ]
    shown_too = _shown_program(bench)
    return Result.proven if all(judged) and shown_too else Result.unproven


def _shown_program(bench: Bench) -> bool:
    """Return whether a program that is shown does what it should, beside the check."""
    program = bench.draft.body_fence("run")
    if program is None:
        return True
    pieces = bench.pieces(piece_of(program))
    (outcome,) = bench.run([Case(pieces)], pieces)
    expected = bench.expected()
    return bench.holds(expected, outcome) if expected else bench.worked(outcome)


def _by_output(bench: Bench) -> Result:
    program = bench.program()
    options = offered(bench.kind, bench.draft)
    prose = [one for one in options if not one.is_code]
    for one in prose:
        hint = "Write the output as code, or a `check` under `### Evidence`."
        bench.log(one.place, "E505", f"the option {shown(one.content)} is no output", hint)
    if prose or program is None:
        raise Unproven
    pieces = bench.pieces(piece_of(program))
    (outcome,) = bench.run([Case(pieces)], pieces)
    if not bench.worked(outcome, "Write under `### Evidence` what shows the answer."):
        return Result.unproven
    judged = [_printed(bench, one, outcome) for one in options]
    return Result.proven if all(judged) else Result.unproven


def _printed(bench: Bench, one: Offered, outcome: Outcome) -> bool:
    printed = normal_output(one.content) == outcome.output
    if printed != one.option.right:
        what = "is" if printed else f"is {shown(outcome.output)}, not"
        message = (
            f"the output {what} {shown(one.content)}, which is declared {RIGHT[one.option.right]}"
        )
        bench.log(one.place, "E504", message, "Tick the option that is the output, and no other.")
    return printed == one.option.right


def moved(question: Question) -> Mutants:
    """Yield the question with its tick moved to each other option."""
    kind = question.wording.body
    for other in kind.options if isinstance(kind, Options) else ():
        if not other.right and isinstance(kind, Options):
            options = tuple(replace(o, right=o.key == other.key) for o in kind.options)
            said = f"the tick moved to {shown(other.text)}"
            yield mutant(question, replace(kind, options=options), said)


def flipped(question: Question) -> Mutants:
    """Yield the question with each tick removed, and each empty box ticked."""
    kind = question.wording.body
    for other in kind.options if isinstance(kind, Options) else ():
        if isinstance(kind, Options):
            options = tuple(
                replace(o, right=not o.right) if o.key == other.key else o for o in kind.options
            )
            said = f"{shown(other.text)} {'not ticked' if other.right else 'ticked'}"
            yield mutant(question, replace(kind, options=options), said)
