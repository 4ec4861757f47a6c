"""A pack as loaded to what its pages show: each finding stands beside what it is about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quiz.core.blocks import Place
from quiz.core.packs import Finding, Section, Topic
from quiz.core.questions import Question
from quiz.packs.files import FIRST
from quiz.packs.loader import Loaded
from quiz.packs.meta import ID
from quiz.web.preview.beside import cues_of
from quiz.web.preview.views import Entry, PackDraft, TopicDraft

Findings = Mapping[Place | None, tuple[Finding, ...]]
"""Findings by the heading they stand under, None for those under none."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A question as it was when it could be read last, and the topic it stood in."""

    topic: Topic
    question: Question


Memory = Mapping[str, Seen]
"""Questions by their id, or by their title without one."""


def remember(loaded: Loaded, before: Memory) -> Memory:
    """Return the questions that can be read now, and those lost in files that are broken now."""
    broken = {finding.place.file for finding in loaded.findings if finding.severity == "error"}
    lost = {name: seen for name, seen in before.items() if seen.question.place.file in broken}
    return lost | {
        question.id or question.commentary.title: Seen(topic, question)
        for topic in loaded.draft.topics
        for question in topic.questions
    }


def draft_of(key: str, path: Path, loaded: Loaded, memory: Memory) -> PackDraft:
    """Return what the pages of a pack show; `key` is what its address ends in."""
    pack = loaded.draft
    about = _by_heading(loaded)
    living = {_name(topic) for topic in pack.topics}
    lost = {
        _name(seen.topic): replace(seen.topic, questions=())
        for seen in memory.values()
        if _name(seen.topic) not in living
    }
    maker = _Maker(loaded, memory, about)
    drafts: list[TopicDraft] = []
    for number, topic in enumerate(sorted([*pack.topics, *lost.values()], key=_order), 1):
        draft = maker.topic(topic, stale=_name(topic) in lost)
        drafts.append(replace(draft, key=_key(topic.id, number, drafts)))
    findings = about.get(None, ())
    return PackDraft(key, path, pack.id, pack.title, findings, tuple(drafts), pack.pictures)


class _Maker:
    """Makes the topics of one pack."""

    def __init__(self, loaded: Loaded, memory: Memory, about: Findings) -> None:
        self.memory, self.about = memory, about
        self.sections = loaded.sections
        self.named = {section.id or section.title for section in loaded.sections}
        self.cues = cues_of(loaded.draft)
        self.topics = sorted(topic.place for topic in loaded.draft.topics)

    def topic(self, topic: Topic, *, stale: bool) -> TopicDraft:
        """Return a topic that has no key yet."""
        asked = [] if stale else list(self._asked(topic))
        prose = () if stale else self._of_prose(topic)
        found: list[Entry] = []
        for entry in sorted([*asked, *self._swallowed(topic)], key=lambda entry: entry.place):
            number = len(found) + 1
            found.append(replace(entry, number=number, key=_key(entry.id, number, found)))
        return TopicDraft(
            key="",
            title=topic.title,
            place=topic.place,
            notes=topic.notes,
            objectives=topic.objectives,
            entries=tuple(found),
            findings=() if stale else (*self.about.get(topic.place, ()), *prose),
            stale=stale,
        )

    def _asked(self, topic: Topic) -> Iterator[Entry]:
        """Yield what stands in the topic's file now, as it can be read now or could be last."""
        read = {question.place: question for question in topic.questions}
        for section in self._within(topic):
            question, stale = read.get(section.place), False
            if question is None and (section.id or section.title) in self.memory:
                question, stale = self.memory[section.id or section.title].question, True
            if not section.prose:
                yield self._entry(section, topic, question, stale=stale)

    def _swallowed(self, topic: Topic) -> Iterator[Entry]:
        """Yield questions of the topic that a fault above them has swallowed."""
        for name, seen in self.memory.items():
            if _name(seen.topic) == _name(topic) and name not in self.named:
                question = seen.question
                section = Section(question.place, question.id, question.commentary.title)
                yield replace(self._entry(section, topic, question, stale=True), findings=())

    def _of_prose(self, topic: Topic) -> Sequence[Finding]:
        prose = (section for section in self._within(topic) if section.prose)
        return [finding for section in prose for finding in self.about.get(section.place, ())]

    def _within(self, topic: Topic) -> Iterator[Section]:
        """Yield the sections that stand under the topic's heading, and under no other's."""
        for section in self.sections:
            at = bisect_right(self.topics, section.place) - 1
            if at >= 0 and self.topics[at] == topic.place:
                yield section

    def _entry(
        self, section: Section, topic: Topic, question: Question | None, *, stale: bool
    ) -> Entry:
        objectives = {objective.id: objective.sentence for objective in topic.objectives}
        return Entry(
            number=0,
            key="",
            id=section.id,
            title=section.title,
            place=section.place,
            question=question,
            stale=stale,
            findings=self.about.get(section.place, ()),
            objective=objectives.get(question.objective, "") if question else "",
            cues=() if stale else self.cues.get(section.id, ()),
        )


def _by_heading(loaded: Loaded) -> Findings:
    """Sort the findings under the last `#` or `##` above them in their file."""
    headings = [topic.place for topic in loaded.draft.topics]
    headings = sorted([*headings, *(section.place for section in loaded.sections)])
    found: dict[Place | None, tuple[Finding, ...]] = {}
    for finding in loaded.findings:
        at = bisect_right(headings, finding.place) - 1
        above = headings[at] if at >= 0 and headings[at].file == finding.place.file else None
        found[above] = (*found.get(above, ()), finding)
    return found


def _key(id: str, number: int, before: Sequence[TopicDraft | Entry]) -> str:
    """Return the id where it is one and nothing before has it, else the number: it is no id."""
    good = ID.fullmatch(id) and id not in {thing.key for thing in before}
    return id if good else f"~{number}"


def _name(topic: Topic) -> str:
    return topic.id or topic.title


def _order(topic: Topic) -> tuple[bool, Place]:
    """Return what sorts topics as their files are read."""
    return topic.place.file != FIRST, topic.place
