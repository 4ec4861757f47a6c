"""Lines to put in order: the solution passes, and nothing passes that is graded as wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

from quiz.core.blocks import Fence, Place
from quiz.core.ordering import Piece as Block
from quiz.core.ordering import ranks
from quiz.core.questions import Question
from quiz.kinds.order import STEP, Order
from quiz.packs.running.bench import Bench, Result, Unproven
from quiz.packs.running.mutants import Mutants, mutant
from quiz.packs.running.passing import Passing
from quiz.packs.running.written import piece_of

ALL = 6
"""Up to so many blocks every order is run; above that, only neighbours are swapped."""

SECONDS = 1.0
"""How long a wrong order may run: many never end, and then do not pass."""


def prove(bench: Bench) -> Result:
    """Prove the solution and each order that `free` allows; tell what else passes (W336)."""
    kind, fence = bench.kind, bench.draft.body_fence("order")
    if fence is None or not isinstance(kind, Order):
        raise Unproven
    passing = Passing(bench)
    solution = piece_of(fence, None if _as_written(kind) else written(kind.solution))
    (outcome,) = bench.run([passing.case(solution)], bench.pieces(solution))
    if not passing.passes(outcome):
        raise Unproven
    others = list(_orders(kind))
    swaps = list(_distracted(kind))
    codes = [*(written(order) for order in others), *(written(order) for order, _, _ in swaps)]
    cases = [passing.case(piece_of(fence, code)) for code in codes]
    passed = [passing.met(outcome) for outcome in bench.lab.run_once(cases, SECONDS)]
    right = _judge(bench, kind, fence, others, passed[: len(others)])
    for (_, at, distractor), passes in zip(swaps, passed[len(others) :], strict=True):
        if passes:
            place = _distractor_place(bench, distractor)
            message = f"this distractor passes in place of block {at}"
            bench.log(place, "W336", message, "Change it, or test more.")
    return Result.proven if right else Result.unproven


def written(order: tuple[Block, ...]) -> str:
    """Return the blocks as a program."""
    lines = [STEP * block.level + line for block in order for line in block.text.split("\n")]
    return "".join(f"{line}\n" for line in lines)


def _as_written(kind: Order) -> bool:
    return all(block.key == str(number) for number, block in enumerate(kind.solution, 1))


def _orders(kind: Order) -> Iterator[tuple[Block, ...]]:
    """Yield the orders to run beside the solution: all, or those with neighbours swapped.

    Of orders that read the same, identical lines being moved, comes one that `free` allows, if any.
    """
    blocks = kind.solution
    if len(blocks) <= ALL:
        orders: Iterator[tuple[Block, ...]] = permutations(blocks)
    else:
        places = range(len(blocks) - 1)
        orders = ((*blocks[:n], blocks[n + 1], blocks[n], *blocks[n + 2 :]) for n in places)
    found: dict[str, tuple[Block, ...]] = {}
    for order in orders:
        text = written(order)
        if text not in found or _is_free(kind, order):
            found[text] = order
    found.pop(written(blocks), None)
    yield from found.values()


def _is_free(kind: Order, order: tuple[Block, ...]) -> bool:
    """Return whether an order is graded as right."""
    due = ranks(len(kind.solution), kind.free)
    rank = {block.key: rank for block, rank in zip(kind.solution, due, strict=True)}
    return [rank[block.key] for block in order] == due


def _distracted(kind: Order) -> Iterator[tuple[tuple[Block, ...], int, Block]]:
    """Yield the solution with one block replaced by a distractor, the number of the block, and it.

    Indentation is the author's to choose there, so a distractor takes that of the block.
    """
    for distractor in kind.distractors:
        for at, block in enumerate(kind.solution):
            put = Block(distractor.key, distractor.text, block.level)
            yield (*kind.solution[:at], put, *kind.solution[at + 1 :]), at + 1, distractor


def _judge(
    bench: Bench,
    kind: Order,
    fence: Fence,
    orders: list[tuple[Block, ...]],
    passed: list[bool],
) -> bool:
    """Return whether all orders that `free` allows pass; reports (E504, W336)."""
    allowed = [_is_free(kind, order) for order in orders]
    failing = [o for o, free, ok in zip(orders, allowed, passed, strict=True) if free and not ok]
    also = [o for o, free, ok in zip(orders, allowed, passed, strict=True) if ok and not free]
    if failing:
        message = f"`free` allows the order {_numbers(failing[0])}, which does not pass"
        bench.log(fence.place, "E504", message, "Correct `free=`.")
    if also:
        others = f", and {len(also) - 1} more" if len(also) > 1 else ""
        message = f"the order {_numbers(also[0])} passes, too{others}"
        bench.log(_first_moved(kind, fence, also[0]), "W336", message, _way_out(kind, also))
    return not failing


def _numbers(order: tuple[Block, ...]) -> str:
    return " ".join(block.key for block in order)


def _way_out(kind: Order, also: list[tuple[Block, ...]]) -> str:
    """Return a hint: the range to free where two neighbours can be swapped."""
    for at in range(len(kind.solution) - 1):
        swapped = [block.key for block in kind.solution]
        swapped[at], swapped[at + 1] = swapped[at + 1], swapped[at]
        if any([block.key for block in order] == swapped for order in also):
            return f"Add `free={at + 1}-{at + 2}`, or test more."
    return "Test more, or make lines depend on each other."


def _first_moved(kind: Order, fence: Fence, order: tuple[Block, ...]) -> Place:
    """Return the place of the first line that stands elsewhere."""
    moved = next(new for new, old in zip(order, kind.solution, strict=True) if new.key != old.key)
    first = moved.text.split("\n")[0].strip()
    lines = [line.strip() for line in fence.lines()]
    return fence.line_place(lines.index(first)) if first in lines else fence.place


def _distractor_place(bench: Bench, distractor: Block) -> Place:
    first = distractor.text.split("\n")[0].strip()
    for part in bench.draft.named("Distractors"):
        for fence in (block for block in part.blocks if isinstance(block, Fence)):
            lines = [line.strip() for line in fence.lines()]
            if first in lines:
                return fence.line_place(lines.index(first))
    return bench.place


def mutants(question: Question) -> Mutants:
    """Yield the question with neighbours swapped, set free, or replaced by a distractor."""
    kind = question.wording.body
    if not isinstance(kind, Order):
        return
    rank = ranks(len(kind.solution), kind.free)
    for at in range(len(kind.solution) - 1):
        first, second = kind.solution[at : at + 2]
        if rank[at] == rank[at + 1] or first.text == second.text:
            continue
        swapped = (*kind.solution[:at], second, first, *kind.solution[at + 2 :])
        numbers = f"blocks {at + 1} and {at + 2}"
        yield mutant(question, replace(kind, solution=swapped, free=()), f"{numbers} swapped")
        yield mutant(question, replace(kind, free=((at + 1, at + 2),)), f"{numbers} set free")
    for order, at, _ in _distracted(kind):
        changed = replace(kind, solution=order, free=())
        yield mutant(question, changed, f"a distractor in place of block {at}")
