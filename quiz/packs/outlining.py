"""The blocks of a pack's files, taken apart at their headings."""

from __future__ import annotations

from collections.abc import Sequence

from quiz.core.blocks import Block, Comment, Heading, Inline, Place
from quiz.core.drafts import did_you_mean
from quiz.core.kinds import Report
from quiz.packs.sections import (
    MISCONCEPTIONS,
    OBJECTIVES,
    ONCE,
    PARTS,
    Outline,
    PartSection,
    QuestionSection,
    TopicSection,
)


def outline(files: Sequence[Sequence[Block]], report: Report) -> Outline:
    """Return the sections of the files' blocks; the first file may describe the pack."""
    taken = Outline()
    for number, blocks in enumerate(files):
        _Outliner(taken, report, first=number == 0).take(blocks)
    return taken


class _Outliner:
    """Takes the blocks of one file, one after the other."""

    def __init__(self, taken: Outline, report: Report, *, first: bool) -> None:
        self.taken, self.report, self.first = taken, report, first
        self.topic: TopicSection | None = None
        self.question: QuestionSection | None = None
        self.into: list[Block] | None = taken.description if first else None
        self.above: Heading | None = None
        self.adrift = False
        """Whether a missing topic was told of: what else has no place follows from that."""

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
        if heading.level < 3 and not heading.text.source:
            what = "the topic" if heading.level == 1 else "the question"
            hint = f"Write what {what} is called behind `{'#' * heading.level}`, or remove it."
            self.report(heading.place, "E108", "a heading without text", hint)
        match heading.level:
            case 1 if heading.text.plain == MISCONCEPTIONS:
                self.take_misconceptions(heading)
            case 1:
                self.adrift = False
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
            self.question.broken = True
            hint = "Write `# Title of the topic` above it."
            self.miss_topic(heading.place, "E108", "this question belongs to no topic", hint)

    def take_part(self, heading: Heading) -> None:
        if self.question:
            self.into = self.part_of_question(self.question, heading)
        elif self.topic and heading.text.source == OBJECTIVES:
            self.into = _opened(self.topic.objectives, heading, OBJECTIVES)
        else:
            name = heading.text.source
            where = "under a topic" if self.topic else "here"
            hint = f"Parts of a question stand under its `##`; a topic has `### {OBJECTIVES}`."
            say = self.report if self.topic else self.miss_topic
            say(heading.place, "E107", f"`### {name}` means nothing {where}", hint)
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
            say = self.report if owner or self.first else self.miss_topic
            say(comment.place, "E106", "a comment that belongs to no heading", hint)
            if owner:
                owner.lost = True

    def take_block(self, block: Block) -> None:
        if self.into is None:
            hint = "Start the file with `# Title of the topic`."
            self.miss_topic(block.place, "E108", "text above the first heading of the file", hint)
            self.into = []
        self.into.append(block)

    def miss_topic(self, place: Place, code: str, message: str, hint: str) -> None:
        """Report the first thing that wants a topic; the others follow from the same cause."""
        if not self.adrift:
            self.report(place, code, message, hint)
        self.adrift = True

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
