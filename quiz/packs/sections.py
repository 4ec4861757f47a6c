"""The sections of a pack: what stands under each of its headings, not yet understood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeGuard

from quiz.core.blocks import (
    Block,
    Comment,
    Heading,
    ItemList,
    Paragraph,
    Place,
    Quote,
)

MISCONCEPTIONS = "Misconceptions"
OBJECTIVES = "Objectives"
SOURCE = "Source:"
ONCE = ("Answer", "Distractors", "Points", "Explanation")
PARTS = (*ONCE, "Hint", "Feedback", "Evidence")


@dataclass(slots=True)
class PartSection:
    """What stands under one `###`; `value` is the code span of a Feedback heading, else ""."""

    name: str
    value: str
    place: Place
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class QuestionSection:
    """What stands under one `##`; `body` has neither comment nor source."""

    heading: Heading
    comment: Comment | None = None
    blocks: list[Block] = field(default_factory=list)
    parts: list[PartSection] = field(default_factory=list)
    lost: bool = False
    """Whether a comment stands elsewhere in it: what seems to be missing may be there."""
    broken: bool = False
    """Whether a heading in it was refused: what seems to be missing may stand under that."""

    @property
    def source(self) -> Paragraph | None:
        """The paragraph that starts with `Source:`, None without one."""
        return next((block for block in self.blocks if _is_source(block)), None)

    @property
    def body(self) -> tuple[Block, ...]:
        """The blocks before the parts, without the source."""
        source = self.source
        return tuple(block for block in self.blocks if block is not source)

    def all_blocks(self) -> list[Block]:
        """Return heading, body and the blocks of all parts."""
        return [self.heading, *self.blocks, *(b for part in self.parts for b in part.blocks)]


@dataclass(slots=True)
class TopicSection:
    """What stands under one `#`, before and in its questions."""

    heading: Heading
    comment: Comment | None = None
    notes: list[Block] = field(default_factory=list)
    objectives: list[PartSection] = field(default_factory=list)
    questions: list[QuestionSection] = field(default_factory=list)
    lost: bool = False
    """Whether a comment stands elsewhere in it: what seems to be missing may be there."""


@dataclass(slots=True)
class Outline:
    """A whole pack, not yet understood."""

    description: list[Block] = field(default_factory=list)
    misconceptions: list[PartSection] = field(default_factory=list)
    topics: list[TopicSection] = field(default_factory=list)

    def questions(self) -> list[QuestionSection]:
        """Return the sections of all questions, in file order."""
        return [question for topic in self.topics for question in topic.questions]

    def all_blocks(self) -> list[Block]:
        """Return every block of the pack, in file order but for the parts of topics."""
        parts = [*self.misconceptions, *(p for topic in self.topics for p in topic.objectives)]
        return [
            *self.description,
            *(block for part in parts for block in part.blocks),
            *(block for topic in self.topics for block in (topic.heading, *topic.notes)),
            *(block for question in self.questions() for block in question.all_blocks()),
        ]


def walk(blocks: Iterable[Block]) -> Iterable[Block]:
    """Yield the blocks and what lists and quotes hold."""
    for block in blocks:
        yield block
        if isinstance(block, Quote):
            yield from walk(block.blocks)
        elif isinstance(block, ItemList):
            for item in block.items:
                yield from walk(item.blocks)


def _is_source(block: Block) -> TypeGuard[Paragraph]:
    return isinstance(block, Paragraph) and block.text.source.startswith(SOURCE)
