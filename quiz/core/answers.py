"""What stands under `### Answer`: one block, and nothing beside it."""

from __future__ import annotations

from quiz.core.blocks import Block, Comment
from quiz.core.kinds import Draft


def nothing_beside(draft: Draft, answer: Block) -> None:
    """Report the first other block under `### Answer`, as no learner would see it (E112)."""
    blocks = draft.answer.blocks if draft.answer else ()
    others = (b for b in blocks if b is not answer and not isinstance(b, Comment))
    for block in list(others)[:1]:
        draft.report(
            block.place,
            "E112",
            "text beside the answer would never be shown",
            "Move it under `### Explanation`.",
        )
