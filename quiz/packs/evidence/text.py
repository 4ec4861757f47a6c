"""A line of text: every accepted answer works, and no answer that feedback speaks of does."""

from __future__ import annotations

from dataclasses import replace

from quiz.core.blocks import Place
from quiz.core.questions import Question
from quiz.kinds.text import Text
from quiz.packs.running.bench import Bench, Result, shown
from quiz.packs.running.cases import Case
from quiz.packs.running.mutants import Mutants, mutant
from quiz.packs.running.written import piece_of


def prove(bench: Bench) -> Result:
    """Prove each accepted answer right, and each that has feedback wrong."""
    check = bench.needed("check", "Write `def check(answer)`, which says whether it works.")
    kind = bench.kind
    accepted = kind.accepted if isinstance(kind, Text) else ()
    feedback = bench.draft.named("Feedback")
    values = [*accepted, *(part.value.replace("\\n", "\n") for part in feedback)]
    pieces = bench.pieces(piece_of(check))
    outcomes = bench.run([Case(pieces, (value,)) for value in values])
    proven = True
    for answer, outcome in zip(accepted, outcomes, strict=False):
        said = bench.checked(outcome, check)
        if said is False:
            message = f"the accepted answer {shown(answer)} does not work"
            bench.log(_place(bench, answer), "E504", message, "Remove it, or correct the check.")
        proven = proven and said is True
    for part, outcome in zip(feedback, outcomes[len(accepted) :], strict=True):
        # A wrong answer may well raise: then it does not work, either.
        if not outcome.raised and bench.checked(outcome, check):
            message = f"{shown(part.value)} works, but its feedback says that it is wrong"
            bench.log(part.place, "E504", message, "Accept it, or correct the check.")
            proven = False
    return Result.proven if proven else Result.unproven


def _place(bench: Bench, answer: str) -> Place:
    fence = bench.draft.answer_fence("answer")
    lines = fence.lines() if fence else []
    return fence.line_place(lines.index(answer)) if fence and answer in lines else bench.place


def mutants(question: Question) -> Mutants:
    """Yield the question with something wrong accepted, and with what feedback calls wrong."""
    kind = question.wording.body
    if isinstance(kind, Text):
        for wrong in (f"{kind.accepted[0]}_", *question.commentary.remarks):
            accepted = (*kind.accepted, wrong)
            yield mutant(question, replace(kind, accepted=accepted), f"{shown(wrong)} accepted")
