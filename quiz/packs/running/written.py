"""What is written in a question, as its evidence takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quiz.core.blocks import Block, Fence, Inline, ItemList, Paragraph, Quote, Table
from quiz.core.kinds import Draft
from quiz.core.questions import Question
from quiz.core.typed import normal_output
from quiz.packs.running.cases import Ending, Outcome, Piece

NONE = "none"


@dataclass(frozen=True, slots=True)
class Expected:
    """What a program must do: print, and end normally or with an exception's class name."""

    output: str
    raises: str
    fence: Fence | None = None

    def met(self, outcome: Outcome) -> bool:
        """Return whether a run did just that."""
        over = outcome.ending is Ending.over
        return over and outcome.raised == self.raises and outcome.output == self.output


def expectation(fence: Fence) -> Expected:
    """Return what an `output` fence says."""
    raises = fence.options.get("raises", "").rpartition(".")[2]
    return Expected(normal_output(fence.code), raises, fence)


def piece_of(fence: Fence, code: str | None = None) -> Piece:
    """Return the code of a fence, or other code in its lines, as a piece."""
    return Piece(fence.code if code is None else code, fence.line_place(0))


def setup_name(question: Question, draft: Draft, usual: str) -> str:
    """Return the name of the setup file that a question's code starts from, "" for none."""
    body = (block for block in draft.body if isinstance(block, Fence) and block.role)
    for fence in (*body, *question.evidence):
        if "setup" in fence.options:
            name = fence.options["setup"]
            return "" if name == NONE else name
    return usual


def content_of(blocks: Sequence[Block]) -> tuple[str, bool]:
    """Return the content of the only code span or fence, else the plain text; and which it was."""
    inlines = list(_inlines(blocks))
    codes = [code for inline in inlines for code in inline.codes]
    codes += [block.code.removesuffix("\n") for block in blocks if isinstance(block, Fence)]
    if len(codes) == 1:
        return codes[0], True
    return " ".join(inline.plain for inline in inlines), False


def _inlines(blocks: Sequence[Block]) -> list[Inline]:
    found: list[Inline] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
        elif isinstance(block, Quote):
            found += _inlines(block.blocks)
        elif isinstance(block, ItemList):
            found += [inline for item in block.items for inline in _inlines(item.blocks)]
        elif isinstance(block, Table):
            found += [cell for row in (block.head, *block.rows) for cell in row.cells]
    return found
