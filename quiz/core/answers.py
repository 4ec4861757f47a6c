"""What stands under `### Answer`: one block, and nothing beside it."""

from __future__ import annotations

from quiz.core.blocks import Block, Comment
from quiz.core.drafts import report_unseen
from quiz.core.kinds import Draft


def nothing_beside(draft: Draft, answer: Block) -> None:
    """Report the first other block under `### Answer`, as no learner would see it (E112)."""
    blocks = draft.answer.blocks if draft.answer else ()
    others = (b for b in blocks if b is not answer and not isinstance(b, Comment))
    report_unseen(draft, others, "text beside the answer", "Move it under `### Explanation`.")
