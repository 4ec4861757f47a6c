"""Blanks in code: every way to fill them that is accepted passes, every wrong fill fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, product

from quiz.core.blanks import BLANK
from quiz.core.blocks import Fence, Item, ItemList, Place
from quiz.core.questions import Question
from quiz.core.typed import normal
from quiz.kinds.cloze import Cloze
from quiz.packs.running.bench import Bench, Result, Unproven, shown
from quiz.packs.running.mutants import Mutants, mutant
from quiz.packs.running.passing import Passing
from quiz.packs.running.written import piece_of

MOST = 64
"""Combinations of accepted fills that are run; of more, the first ones."""


def prove(bench: Bench) -> Result:
    """Prove every accepted fill right, in all combinations, and every wrong one wrong."""
    kind, fence = bench.kind, bench.draft.body_fence("cloze")
    if fence is None or not isinstance(kind, Cloze):
        raise Unproven
    passing = Passing(bench)
    combinations = list(islice(product(*kind.accepted), MOST))
    wrong = list(_wrong(bench, kind))
    fills = [*combinations, *(filled for filled, _, _ in wrong)]
    codes = [piece_of(fence, filled_in(fence, fill)) for fill in fills]
    outcomes = bench.run([passing.case(code) for code in codes], bench.pieces(codes[0]))
    proven = [
        passing.passes(outcome, f"with {shown(', '.join(fill))}")
        for fill, outcome in zip(combinations, outcomes, strict=False)
    ]
    for (_, value, place), outcome in zip(wrong, outcomes[len(combinations) :], strict=True):
        proven.append(not passing.met(outcome))
        if passing.met(outcome):
            message = f"the wrong fill {shown(value)} passes"
            bench.log(place, "E504", message, "Accept it, or test more.")
    return Result.proven if all(proven) else Result.unproven


def filled_in(fence: Fence, fills: Sequence[str]) -> str:
    """Return the code with its blanks filled."""
    left = iter(fills)
    return BLANK.sub(lambda _: next(left), fence.code)


def _wrong(bench: Bench, kind: Cloze) -> list[tuple[list[str], str, Place]]:
    """Return what is filled in with one wrong fill, that fill, and its place."""
    answer = bench.draft.answer
    lists = [b for b in (answer.blocks if answer else ()) if isinstance(b, ItemList)]
    models = [accepted[0] for accepted in kind.accepted]
    found = []
    for at, item in enumerate(lists[0].items if lists else ()):
        accepted = {normal(value, "code") for value in kind.accepted[at]}
        for value, place in _nested(item):
            if normal(value, "code") not in accepted:
                found.append(([*models[:at], value, *models[at + 1 :]], value, place))
    return found


def _nested(item: Item) -> list[tuple[str, Place]]:
    lists = [block for block in item.blocks if isinstance(block, ItemList)]
    inner = [inner for listed in lists for inner in listed.items]
    return [(one.text.codes[0], one.place) for one in inner if one.text.codes]


def mutants(question: Question) -> Mutants:
    """Yield the question with a fill of another blank, a wrong one, or nonsense accepted."""
    kind = question.wording.body
    if not isinstance(kind, Cloze):
        return
    for at, accepted in enumerate(kind.accepted):
        wrong = [
            key.partition("=")[2]
            for key in question.commentary.remarks
            if key.startswith(f"{at + 1}=")
        ]
        others = [fills[0] for n, fills in enumerate(kind.accepted) if n != at]
        for fill in dict.fromkeys([*wrong, *others, "_nothing_"]):
            if fill not in accepted:
                fills = (*kind.accepted[:at], (*accepted, fill), *kind.accepted[at + 1 :])
                said = f"{shown(fill)} accepted in blank {at + 1}"
                yield mutant(question, replace(kind, accepted=fills), said)
