"""Sections to a pack: ids, objectives and misconceptions are looked at across all its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from quiz.core.blocks import Block, Heading, markdown
from quiz.core.drafts import did_you_mean
from quiz.core.packs import Misconception, Objective, Pack, Section, Topic
from quiz.core.questions import Question
from quiz.packs.declared import Declarations
from quiz.packs.fences import check_plain
from quiz.packs.files import root_of
from quiz.packs.frontmatter import FrontMatter
from quiz.packs.identities import Identities, kind_of
from quiz.packs.links import Links
from quiz.packs.meta import (
    PROSE,
    PROSE_KEYS,
    QUESTION_KEYS,
    TOPIC_KEYS,
    Pairs,
    is_id,
    read_defaults,
    read_pairs,
    settings,
)
from quiz.packs.outlining import outline
from quiz.packs.problems import Log
from quiz.packs.questions import Asked, read_prose, read_question
from quiz.packs.sections import Outline, QuestionSection, TopicSection, walk
from quiz.packs.style import check_style

STYLE = "item-writing"


class Assembly:
    """Makes one pack.

    `sections` are all that stand under a `##`, broken ones too; `count` of them are questions.
    """

    def __init__(self, path: Path, front: FrontMatter, log: Log) -> None:
        self.front, self.log = front, log
        self.links = Links(root_of(path))
        self.retired = {k: v.text for k, v in front.mappings.get("retired", {}).items()}
        self.identities = Identities(log, self.retired)
        self.declarations = Declarations(log)
        self.defaults = read_defaults(front.mappings.get("defaults", {}), log)
        self.prose: dict[str, str] = {}
        self.beliefs: tuple[Misconception, ...] = ()
        self.sections: list[Section] = []
        self.count = 0
        self.broken = 0

    def pack(self, files: Sequence[Sequence[Block]]) -> Pack:
        """Return the pack; what is wrong with it is in the log."""
        parts = outline(files, self.log)
        self._check_front()
        self._check_blocks(parts)
        found = self.declarations.read(parts.misconceptions, beliefs=True)
        self.beliefs = tuple(Misconception(d.id, d.sentence, d.place, d.was) for d in found)
        for one in found:
            self.identities.declare("misconception", one.id, one.was, one.place)
        topics = self._topics(parts)
        self._check_beliefs(topics)
        front = self.front
        described = (front.text("description"), markdown(parts.description))
        return Pack(
            id=front.text("id"),
            title=front.text("title"),
            description="\n\n".join(text for text in described if text),
            authors=front.lists.get("authors", ()),
            license=front.text("license"),
            language=front.text("language"),
            version=front.text("version"),
            misconceptions=self.beliefs,
            topics=topics,
            pictures=tuple(self.links.found.values()),
            retired=self.retired,
            setup=front.text("setup"),
            tested_with=front.lists.get("tested-with", ()),
        )

    def _check_front(self) -> None:
        said = self.front.texts.get("id")
        if said and said.text:
            is_id(said, self.log, "E005")
        style = self.front.texts.get("style")
        if style and style.text != STYLE:
            message = f"`style` cannot be '{style.text}'"
            self.log(style.place, "E105", message, f"The only style is `{STYLE}`.")

    def _check_blocks(self, parts: Outline) -> None:
        blocks = parts.all_blocks()
        self.links.check(blocks, self.log)
        tops = {id(block) for block in blocks}
        for block in walk(blocks):
            if isinstance(block, Heading) and id(block) not in tops:
                hint = "Headings part a pack: write this one in bold."
                self.log(block.place, "E108", "a heading inside a list or quote", hint)
        check_plain(parts.description, self.log)
        for topic in parts.topics:
            check_plain(topic.notes, self.log)

    def _topics(self, parts: Outline) -> tuple[Topic, ...]:
        opened = [self._open(section) for section in parts.topics]
        asked = [[self._asked(section) for section in topic.questions] for topic in parts.topics]
        self._check_prose([one for topic in asked for one in topic])
        self.identities.report_reused()
        self.identities.report_nameless()
        titles = {o.id: topic.title for topic in opened for o in topic.objectives}
        return tuple(
            self._filled(topic, found, titles) for topic, found in zip(opened, asked, strict=True)
        )

    def _open(self, section: TopicSection) -> Topic:
        """Return a topic whose questions are not yet understood."""
        pairs, _ = self._pairs(section, TOPIC_KEYS)
        found = self.declarations.read(section.objectives)
        for one in found:
            self.identities.declare("objective", one.id, one.was, one.place)
        return Topic(
            id=pairs["id"].text if "id" in pairs else "",
            title=section.heading.text.source,
            place=section.heading.place,
            notes=markdown(section.notes),
            was=pairs["was"].text if "was" in pairs else "",
            objectives=tuple(Objective(d.id, d.sentence, d.place, d.was) for d in found),
        )

    def _asked(self, section: QuestionSection) -> Asked:
        """Return a question with its metadata; a section of prose is kept for its users."""
        pairs, refused = self._pairs(section, QUESTION_KEYS)
        said = settings(pairs, self.defaults)
        heading, prose = section.heading, said.kind == PROSE
        self.sections.append(Section(heading.place, said.id, heading.text.source, prose))
        if said.kind == PROSE:
            read_pairs(section.comment, PROSE_KEYS, self.log)
            text = read_prose(section, self.log)
            self.prose.setdefault(said.id, text)
        return Asked(section, pairs, said, section.lost or refused)

    def _pairs(
        self, section: TopicSection | QuestionSection, allowed: frozenset[str]
    ) -> tuple[Pairs, bool]:
        """Return the metadata of a section, and whether some was refused; take its id."""
        found = Log()
        pairs = read_pairs(section.comment, allowed, found)
        self.log.findings += found.findings
        # A key, id or comment that was refused is not missed, too.
        if "id" in pairs or not (section.lost or found.has("E102", "E104")):
            self.identities.take(section.heading, pairs.get("id"))
        if "was" in pairs:
            self.identities.rename(kind_of(section.heading), pairs["was"])
        return pairs, bool(found.findings)

    def _filled(self, topic: Topic, found: Sequence[Asked], titles: Mapping[str, str]) -> Topic:
        """Return the topic with its questions."""
        asked = [one for one in found if one.settings.kind != PROSE]
        self.count += len(asked)
        own = {objective.id for objective in topic.objectives}
        questions: list[Question] = []
        for one in asked:
            self._check_objective(one, own, titles)
            question = self._question(one)
            if question:
                questions.append(question)
        self._check_asked(topic, asked, titles)
        self.broken += len(asked) - len(questions)
        return replace(topic, questions=tuple(questions))

    def _check_asked(self, topic: Topic, asked: Sequence[Asked], titles: Mapping[str, str]) -> None:
        """Report objectives without a question; a mistyped one or one refused could be theirs."""
        named = {one.settings.objective for one in asked}
        if named <= {"", *titles} and not any(one.refused for one in asked):
            for objective in topic.objectives:
                if objective.id not in named:
                    message = f"no question has the objective '{objective.id}'"
                    self.log(objective.place, "W118", message, "Ask for it, or remove it.")

    def _check_prose(self, found: Sequence[Asked]) -> None:
        """Report prose that nothing uses; a mistyped name or one refused could be its own."""
        used = {one.settings.uses for one in found}
        if used <= {"", *self.prose} and not any(one.refused for one in found):
            for one in found:
                if one.settings.kind == PROSE and one.settings.id not in used - {""}:
                    message = "no question uses this section, so it would never be shown"
                    hint = "Say `uses: id` in a question, or remove it."
                    self.log(one.section.heading.place, "W122", message, hint)

    def _question(self, asked: Asked) -> Question | None:
        uses = asked.pairs.get("uses")
        if uses and uses.text not in self.prose:
            message = f"no section of prose has the id '{uses.text}'"
            self.log(uses.place, "E105", message, did_you_mean(uses.text, self.prose))
        log = Log()
        shared = self.prose.get(asked.settings.uses, "")
        beliefs = {belief.id: belief.sentence for belief in self.beliefs}
        question = read_question(replace(asked, shared=shared), beliefs, log)
        if question and self.front.text("style") == STYLE:
            check_style(asked.section, question, log)
        self.log.findings += log.findings
        return question

    def _check_objective(self, asked: Asked, own: set[str], titles: Mapping[str, str]) -> None:
        said = asked.pairs.get("objective")
        if said and said.text not in own:
            elsewhere = titles.get(said.text)
            hint = f"It belongs to the topic “{elsewhere}”." if elsewhere else ""
            message = f"objective '{said.text}' is not declared in this topic"
            self.log(said.place, "E117", message, hint or did_you_mean(said.text, own))
        elif said is None and asked.settings.id in titles:
            message = f"the id '{asked.settings.id}' is the one of an objective, too"
            hint = f"Say `objective: {asked.settings.id}`, or rename one of them."
            self.log(asked.pairs["id"].place, "E119", message, hint)

    def _check_beliefs(self, topics: Sequence[Topic]) -> None:
        """Report misconceptions that nothing wrong names; one not read could have named them."""
        questions = [question for topic in topics for question in topic.questions]
        named = {r.misconception for q in questions for r in q.commentary.remarks.values()}
        for belief in self.beliefs:
            if belief.id not in named and not self.broken:
                message = f"no wrong answer names the misconception '{belief.id}'"
                self.log(belief.place, "W119", message, "Name it in a rationale, or remove it.")
