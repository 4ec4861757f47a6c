"""The blocks of a pack's files, taken apart at their headings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeGuard

from quiz.core.blocks import (
    Block,
    Comment,
    Heading,
    Inline,
    ItemList,
    Paragraph,
    Place,
    Quote,
)
from quiz.core.drafts import did_you_mean
from quiz.core.kinds import Report

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


def outline(files: Sequence[Sequence[Block]], report: Report) -> Outline:
    """Return the sections of the files' blocks; the first file may describe the pack."""
    taken = Outline()
    for number, blocks in enumerate(files):
        _Outliner(taken, report, first=number == 0).take(blocks)
    return taken


def walk(blocks: Iterable[Block]) -> Iterable[Block]:
    """Yield the blocks and what lists and quotes hold."""
    for block in blocks:
        yield block
        if isinstance(block, Quote):
            yield from walk(block.blocks)
        elif isinstance(block, ItemList):
            for item in block.items:
                yield from walk(item.blocks)


class _Outliner:
    """Takes the blocks of one file, one after the other."""

    def __init__(self, taken: Outline, report: Report, *, first: bool) -> None:
        self.taken, self.report, self.first = taken, report, first
        self.topic: TopicSection | None = None
        self.question: QuestionSection | None = None
        self.into: list[Block] | None = taken.description if first else None
        self.above: Heading | None = None

    def take(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if isinstance(block, Heading):
                self.take_heading(block)
                self.above = block
            elif isinstance(block, Comment):
                self.take_comment(block)
                self.above = None
            else:
                self.take_block(block)
                self.above = None

    def take_heading(self, heading: Heading) -> None:
        match heading.level:
            case 1 if heading.text.plain == MISCONCEPTIONS:
                self.take_misconceptions(heading)
            case 1:
                self.question, self.topic = None, TopicSection(heading)
                self.taken.topics.append(self.topic)
                self.into = self.topic.notes
            case 2:
                self.take_question(heading)
            case 3:
                self.take_part(heading)
            case _ if self.question or self.topic is None:
                self.refuse(heading, "E108", "headings go three deep here", "Use a paragraph.")
            case _:
                self.take_block(heading)

    def take_misconceptions(self, heading: Heading) -> None:
        self.topic = self.question = None
        if not self.first:
            hint = "Move it into pack.md, or name the topic otherwise."
            self.refuse(heading, "E108", f"`# {MISCONCEPTIONS}` outside of pack.md", hint)
        self.into = _opened(self.taken.misconceptions, heading, MISCONCEPTIONS)

    def take_question(self, heading: Heading) -> None:
        self.question = QuestionSection(heading)
        self.into = self.question.blocks
        if self.topic:
            self.topic.questions.append(self.question)
        else:
            hint = "Write `# Title of the topic` above it."
            self.refuse(heading, "E108", "this question belongs to no topic", hint)

    def take_part(self, heading: Heading) -> None:
        if self.question:
            self.into = self.part_of_question(self.question, heading)
        elif self.topic and heading.text.source == OBJECTIVES:
            self.into = _opened(self.topic.objectives, heading, OBJECTIVES)
        else:
            name = heading.text.source
            where = "under a topic" if self.topic else "here"
            hint = f"Parts of a question stand under its `##`; a topic has `### {OBJECTIVES}`."
            self.refuse(heading, "E107", f"`### {name}` means nothing {where}", hint)
            self.into = []

    def part_of_question(self, question: QuestionSection, heading: Heading) -> list[Block]:
        name, value = _part_name(heading.text)
        found = heading.text.source
        if name == OBJECTIVES:
            hint = "Objectives stand in the topic, before its first question."
            self.refuse(heading, "E107", f"`### {OBJECTIVES}` in a question", hint)
        elif name not in PARTS:
            hint = did_you_mean(name, PARTS)
            self.refuse(heading, "E107", f"unknown part `### {found}`", hint)
        elif (name == "Feedback") != (value is not None):
            hint = "Write ### Feedback: `value`, and the other parts without a value."
            self.refuse(heading, "E107", f"malformed part `### {found}`", hint)
        elif name == "Answer" and any(part.name == name for part in question.parts):
            self.refuse(heading, "E110", "two `### Answer` in one question", "Leave one of them.")
        elif name in ONCE and any(part.name == name for part in question.parts):
            self.refuse(heading, "E107", f"`### {name}` is given twice", "Join the two.")
        else:
            return _opened(question.parts, heading, name, value or "")
        return []

    def take_comment(self, comment: Comment) -> None:
        owner = self.question or self.topic
        if owner and self.above is owner.heading:
            owner.comment = comment
        else:
            hint = "Metadata stands directly under its `#` or `##` heading; remove other comments."
            self.report(comment.place, "E106", "a comment that belongs to no heading", hint)
            if owner:
                owner.lost = True

    def take_block(self, block: Block) -> None:
        if self.into is None:
            hint = "Start the file with `# Title of the topic`."
            self.report(block.place, "E108", "text above the first heading of the file", hint)
            self.into = []
        self.into.append(block)

    def refuse(self, heading: Heading, code: str, message: str, hint: str) -> None:
        self.report(heading.place, code, message, hint)
        if self.question:
            self.question.broken = True


def _opened(parts: list[PartSection], heading: Heading, name: str, value: str = "") -> list[Block]:
    """Add a part and return the list that its blocks go into."""
    part = PartSection(name, value, heading.place)
    parts.append(part)
    return part.blocks


def _part_name(text: Inline) -> tuple[str, str | None]:
    """Return the name, and the code span behind a colon, None without one."""
    name, colon, value = text.source.partition(":")
    found = Inline(value.strip()).leading_code() if colon else None
    if found is None or found[1]:
        return text.source, None
    return name.strip(), found[0]


def _is_source(block: Block) -> TypeGuard[Paragraph]:
    return isinstance(block, Paragraph) and block.text.source.startswith(SOURCE)
