"""One question as a class met it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.blocks import Place
from quiz.core.errors import NotFoundError
from quiz.core.people import Person
from quiz.core.questions import Question
from quiz.core.timeline import Timeline, timeline
from quiz.storage import catalog, classroom
from quiz.storage.engine import Database
from quiz.storage.library import Library
from quiz.storage.scopes import Scope, of_class
from quiz.teaching.classroom import own_class

NOWHERE = Place("", 0)


@dataclass(frozen=True, slots=True)
class Shown:
    """A revision that was answered: `v` as it was then, `present` where it is asked today."""

    rev: str
    v: int
    answers: int
    present: bool


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A question as it is now, and how the class answered it.

    `present_rev` is its revision now; `living` is False where it is not asked any more.
    """

    class_id: str
    class_name: str
    pack_id: str
    pack_title: str
    topic_title: str
    question: Question
    present_rev: str
    living: bool
    shown: tuple[Shown, ...]
    scope: Scope
    history: Timeline


async def question_page(
    db: Database, library: Library, person: Person, class_id: str, pack_id: str, question_id: str
) -> QuestionPage:
    """Return a question of a class, under its present id for a former one. Raises NotFoundError."""
    async with db.reading() as session:
        found = await own_class(session, person, class_id)
        question, rev, topic_id, living = await _question(session, library, pack_id, question_id)
        answers = await classroom.answers_to(session, found.id, pack_id, question.id)
        pack = await catalog.pack(session, pack_id)
        topic_title = await catalog.topic_title(session, pack_id, topic_id)
    counts = Counter((row.rev, row.v) for row in answers)
    return QuestionPage(
        class_id=found.public_id,
        class_name=found.name,
        pack_id=pack_id,
        pack_title=pack.title if pack else pack_id,
        topic_title=topic_title,
        question=question,
        present_rev=rev,
        living=living,
        shown=tuple(Shown(*key, count, key[0] == rev) for key, count in counts.most_common()),
        scope=of_class(found.id, found.name),
        history=timeline((row.answered_at, row.outcome) for row in answers),
    )


async def _question(
    session: AsyncSession, library: Library, pack_id: str, question_id: str
) -> tuple[Question, str, str, bool]:
    row = await catalog.question(session, pack_id, question_id)
    if row is None:
        raise NotFoundError("There is no such question.")
    key = (pack_id, row.id, row.rev, row.commentary_hash)
    wording, commentary = await library.read(session, key)
    question = Question(
        row.id,
        NOWHERE,
        row.objective_id,
        wording,
        commentary,
        level=row.level,
        tags=tuple(row.tags),
        points=row.points,
        shuffle=row.shuffle,
        v=row.v,
    )
    return question, row.rev, row.topic_id, row.retired_at is None
