"""A database with an author who changes a pack and learners who answer meanwhile."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from quiz.core.attempts import Attempt
from quiz.core.blocks import Place
from quiz.core.packs import Objective, Pack, Topic
from quiz.core.questions import Commentary, Question, Wording
from quiz.core.tasklists import Option
from quiz.kinds.single import Single
from quiz.publishing import contents_of
from quiz.storage.engine import Database
from quiz.storage.packs import save_contents
from quiz.storage.published import QuestionRow
from quiz.storage.rebuild import rebuild
from quiz.storage.tables import MemoryRow, TopicProgressRow
from tests.storage.made import ATTEMPT, NOW, record, rows_of

HERE = Place("pack.md", 1)
BODY = Single((Option("a", "yes", True), Option("b", "no", False)))


@dataclass
class Author:
    """A pack under an author's hands: topic and objective ("" for none) by question id."""

    topics: list[str] = field(default_factory=lambda: ["loops", "types"])
    objectives: list[str] = field(default_factory=lambda: ["end", "start"])
    questions: dict[str, tuple[str, str]] = field(
        default_factory=lambda: {
            "for-else": ("loops", "end"),
            "while": ("loops", ""),
            "int": ("types", "start"),
        }
    )
    was: dict[str, str] = field(default_factory=dict)

    def rename(self, old: str, new: str) -> None:
        """Rename whatever has the old id; the new one may have been anything's before."""
        self.was = {key: former for key, former in self.was.items() if former != new}
        self.was[new] = old
        for ids in (self.topics, self.objectives):
            ids[:] = [new if each == old else each for each in ids if each != new or old not in ids]
        swap = {old: new}
        self.questions = {
            swap.get(key, key): (swap.get(topic, topic), swap.get(objective, objective))
            for key, (topic, objective) in self.questions.items()
            if key != new or old not in self.questions
        }

    def edit(self, chance: random.Random, number: int) -> None:
        """Change the pack in one way that authors do; `number` makes new ids."""
        questions = list(self.questions)
        some = chance.choice(questions)
        match chance.randrange(6):
            case 0 | 1:
                ids = chance.choice([self.topics, self.objectives, questions])
                old = chance.choice(ids)
                others = [id for id in ids if id != old and len(ids) > 2]
                new = chance.choice(
                    [f"new-{number}", self.was.get(old, f"again-{number}"), *others]
                )
                self.rename(old, new)
            case 2:
                self.questions[some] = (chance.choice(self.topics), self.questions[some][1])
            case 3:
                objective = chance.choice(["", *self.objectives])
                self.questions[some] = (self.questions[some][0], objective)
            case 4:
                self.questions[f"more-{number}"] = (self.topics[-1], "")
            case _ if len(questions) > 2:
                del self.questions[some]

    def pack(self) -> Pack:
        return Pack("pack", "A pack", topics=tuple(self._topic(id) for id in self.topics))

    def _topic(self, id: str) -> Topic:
        objectives = self.objectives if id == self.topics[0] else []
        return Topic(
            id,
            id,
            HERE,
            was=self.was.get(id, ""),
            objectives=tuple(
                Objective(each, each, HERE, self.was.get(each, "")) for each in objectives
            ),
            questions=tuple(
                self._question(key, objective)
                for key, (topic, objective) in self.questions.items()
                if topic == id
            ),
        )

    def _question(self, id: str, objective: str) -> Question:
        commentary = Commentary(id, explanation="Because.")
        wording = Wording("Is it?", BODY)
        was = self.was.get(id, "")
        return Question(id, HERE, objective or id, wording, commentary, was=was)


@dataclass
class School:
    """A database, an author, and learners whose every answer takes a place of its own."""

    db: Database
    author: Author
    answers: int = 0

    async def publish(self) -> None:
        contents = contents_of(self.author.pack())
        async with self.db.writing.begin() as session:
            await save_contents(session, contents, now=NOW)

    async def rename(self, old: str, new: str) -> None:
        self.author.rename(old, new)
        await self.publish()

    async def answer(self, id: str, score: float = 1.0, learner: int = 1, **more: Any) -> Attempt:
        """Answer a question as a card of a round does, perhaps under an id it had before.

        `more` are fields of the attempt that are to be otherwise.
        """
        self.answers += 1
        async with self.db.reading() as session:
            row = (await session.scalars(select(QuestionRow).where(QuestionRow.id == id))).one()
        attempt = replace(
            ATTEMPT,
            learner_id=learner,
            round_id=learner,
            position=self.answers,
            topic_id=row.topic_id,
            objective_id=row.objective_id,
            question_id=id,
            rev=row.rev,
            score=score,
            answered_at=NOW + timedelta(hours=9 * self.answers),
        )
        attempt = replace(attempt, **more)
        return await record(self.db.writing, attempt)

    async def derived(self) -> list[list[tuple[object, ...]]]:
        return [await rows_of(self.db, MemoryRow), await rows_of(self.db, TopicProgressRow)]

    async def memories(self) -> list[object]:
        return [row[2] for row in await rows_of(self.db, MemoryRow)]

    async def counts(self) -> dict[object, tuple[object, ...]]:
        """Return answered, right, tried and first_try_right by topic."""
        return {row[2]: row[3:7] for row in await rows_of(self.db, TopicProgressRow)}

    async def assert_a_rebuild_changes_nothing(self) -> None:
        before = await self.derived()
        await rebuild(self.db.writing, lambda answers: None)
        assert await self.derived() == before
