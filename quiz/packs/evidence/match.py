"""Pairs: `check(left, right)` is true for the declared ones and for no other."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from quiz.core.blocks import Paragraph, Place, Table
from quiz.core.kinds import Draft
from quiz.core.questions import Question
from quiz.kinds.match import Match
from quiz.packs.running.bench import Bench, Result, Unproven, shown
from quiz.packs.running.cases import Case
from quiz.packs.running.mutants import Mutants, mutant
from quiz.packs.running.written import content_of, piece_of


def prove(bench: Bench) -> Result:
    """Prove every pair, and that no left side fits another right one."""
    check = bench.needed("check", "Write `def check(left, right)`.")
    kind = bench.kind
    if not isinstance(kind, Match):
        raise Unproven
    pieces = bench.pieces(piece_of(check))
    lefts, rights = sides(bench.draft, 0), sides(bench.draft, 1)
    rows = [right for _, right in kind.pairs] + list(kind.extras)
    pairs = [(left, right) for left, _ in kind.pairs for right in rows]
    cases = [Case(pieces, (lefts[left][0], rights[right][0])) for left, right in pairs]
    proven = True
    for (left, right), outcome in zip(pairs, bench.run(cases), strict=True):
        said, fits = bench.checked(outcome, check), (left, right) in kind.pairs
        if said is not None and said != fits:
            names = f"{shown(lefts[left][0])} and {shown(rights[right][0])}"
            message = f"{names} are no pair, but `check` says they fit"
            message = f"{names} are a pair, but `check` says they do not fit" if fits else message
            bench.log(lefts[left][1], "E504", message, "Correct the table, or the check.")
        proven = proven and said == fits
    return Result.proven if proven else Result.unproven


def sides(draft: Draft, column: int) -> dict[str, tuple[str, Place]]:
    """Return content and place of every cell of a column, by its Markdown."""
    tables = [block for block in draft.body if isinstance(block, Table)]
    return {
        row.cells[column].source: (
            content_of([Paragraph(row.place, row.cells[column])])[0],
            row.place,
        )
        for row in (tables[-1].rows if tables else ())
    }


def mutants(question: Question) -> Mutants:
    """Yield the question with two right sides swapped, and with extra ones in their place."""
    kind = question.wording.body
    if not isinstance(kind, Match):
        return
    for one, two in combinations(range(len(kind.pairs)), 2):
        pairs = list(kind.pairs)
        pairs[one], pairs[two] = (pairs[one][0], pairs[two][1]), (pairs[two][0], pairs[one][1])
        said = f"the right sides of rows {one + 1} and {two + 1} swapped"
        yield mutant(question, replace(kind, pairs=tuple(pairs)), said)
    for extra in kind.extras:
        (left, right), *others = kind.pairs
        extras = tuple(right if other == extra else other for other in kind.extras)
        changed = replace(kind, pairs=((left, extra), *others), extras=extras)
        yield mutant(question, changed, f"{shown(extra)} beside {shown(left)}")
