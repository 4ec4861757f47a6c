"""Reading the lines of an `order` fence and its distractors."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from quiz.core.blocks import Fence, Place
from quiz.core.drafts import report_unseen
from quiz.core.kinds import Draft
from quiz.core.ordering import Piece, Ranges, levels, read_ranges

Placed = tuple[Place, str]
"""A block of code and where it starts."""


def read_pieces(
    draft: Draft, fence: Fence
) -> tuple[tuple[Piece, ...], tuple[Piece, ...], Ranges] | None:
    """Return solution, distractors and free ranges; None after reporting (E331 to E335)."""
    graded, by_blank = "indent" in fence.flags, "blocks" in fence.flags
    solution = _split(fence, by_blank=by_blank)
    parts = [block for part in draft.named("Distractors") for block in part.blocks]
    fences = [block for block in parts if isinstance(block, Fence)]
    others = (block for block in parts if not isinstance(block, Fence))
    hint = "Write distractors in a code fence, and what is said of them in `### Explanation`."
    report_unseen(draft, others, "what is no code under `### Distractors`", hint)
    distractors = [piece for other in fences for piece in _split(other, by_blank=by_blank)]
    if graded and _tabs(draft, [*solution, *distractors]):
        return None
    texts = [textwrap.dedent(text) if graded else text for _, text in solution]
    extra = [textwrap.dedent(text) if graded else text for _, text in distractors]
    places = [place for place, _ in [*solution, *distractors]]
    if len(solution) < 2:
        hint = "Write two lines or more; with `blocks`, a blank line between blocks."
        draft.report(fence.place, "E331", "fewer than two blocks", hint)
        return None
    depths = levels([_margin(text) for _, text in solution]) if graded else [0] * len(texts)
    whole = _distinct(draft, places, list(zip(texts, depths, strict=True)), extra)
    free = _free(draft, fence, len(solution))
    if free is None or not whole:
        return None
    pieces = [Piece(str(n), *piece) for n, piece in enumerate(zip(texts, depths, strict=True), 1)]
    return tuple(pieces), tuple(Piece(f"d{n}", text) for n, text in enumerate(extra, 1)), free


def _split(fence: Fence, *, by_blank: bool) -> list[Placed]:
    """Return the blocks of a fence: its lines, or what blank lines part."""
    pieces: list[tuple[Place, list[str]]] = []
    joined = False
    for at, line in enumerate(fence.lines()):
        line = line.rstrip()
        if line and joined:
            pieces[-1][1].append(line)
        elif line:
            pieces.append((fence.line_place(at), [line]))
        joined = by_blank and bool(line)
    return [(place, "\n".join(lines)) for place, lines in pieces]


def _tabs(draft: Draft, pieces: Sequence[Placed]) -> bool:
    """Report the first block that is indented by tabs (E334)."""
    for place, text in pieces:
        if any("\t" in line[: len(line) - len(line.lstrip())] for line in text.split("\n")):
            hint = "Indent by spaces where the learner indents."
            draft.report(place, "E334", "a tab in graded indentation", hint)
            return True
    return False


def _distinct(
    draft: Draft, places: Sequence[Place], blocks: Sequence[tuple[str, int]], extra: Sequence[str]
) -> bool:
    """Report distractors that are lines of the solution (E335) and other equals (W332).

    Blocks of the solution are texts with their depths: equal text at another depth is no equal,
    as the learner tells the two apart by indenting them.
    """
    whole = True
    texts = {text for text, _ in blocks}
    seen: set[tuple[str, int]] = set()
    found = [*blocks, *((text, 0) for text in extra)]
    for at, (place, block) in enumerate(zip(places, found, strict=True)):
        shown = block[0].strip()[:40]
        if at >= len(blocks) and block[0] in texts:
            whole = False
            message = f"the distractor '{shown}' is a line of the solution"
            draft.report(place, "E335", message, "Change or remove it.")
        elif block in seen:
            hint = "Either order of the two is taken as right."
            draft.report(place, "W332", f"'{shown}' stands twice", hint)
        seen.add(block)
    return whole


def _free(draft: Draft, fence: Fence, blocks: int) -> Ranges | None:
    stated = fence.options.get("free")
    if stated is None:
        return ()
    free = read_ranges(stated, blocks)
    if free is None:
        message = f"`free={stated}` is not valid for {blocks} blocks"
        hint = "Write ranges of two blocks or more, apart from each other: `free=2-3,5-6`."
        draft.report(fence.place, "E333", message, hint)
    return free


def _margin(text: str) -> int:
    return min(len(line) - len(line.lstrip()) for line in text.split("\n"))
