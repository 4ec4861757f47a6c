"""One learner of a class, and only what the class may see of them."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.beliefs import spread
from quiz.core.classroom import AnswerLine, Cell, Column, Held, ObjectiveMarks, Pupil, PupilPage
from quiz.core.errors import NotFoundError
from quiz.core.people import Person
from quiz.storage import catalog, classroom, shown
from quiz.storage.attempts import attempt_of
from quiz.storage.classes import LINES
from quiz.storage.engine import Database
from quiz.storage.extent import extent_of_class
from quiz.storage.library import Library
from quiz.storage.published import QuestionRow
from quiz.storage.school import ClassRow
from quiz.storage.tables import AttemptRow
from quiz.teaching.classroom import choice_of_pack, own_class, pupils

PAGE = 25
"""Answers listed at a time."""

Topics = tuple[tuple[Column, Cell, tuple[ObjectiveMarks, ...]], ...]


async def pupil_page(
    db: Database,
    library: Library,
    person: Person,
    class_id: str,
    pupil_id: str,
    *,
    pack_id: str,
    before: int | None,
) -> PupilPage:
    """Return a learner of a class. Raises NotFoundError."""
    async with db.reading() as session:
        found = await own_class(session, person, class_id, LINES)
        packs, chosen = await choice_of_pack(session, pack_id)
        pupil, learner_id = await _pupil(session, found, pupil_id, chosen)
        rows = await classroom.answers_before(session, found.id, learner_id, before, limit=PAGE + 1)
        answers = [await _line(session, library, row) for row in rows[:PAGE]]
        return PupilPage(
            class_id=found.public_id,
            class_name=found.name,
            pupil=pupil,
            packs=packs,
            pack_id=chosen,
            topics=await _topics(session, found.id, learner_id, chosen, pupil),
            beliefs=await _beliefs(session, found.id, learner_id, chosen),
            answers=tuple(answers),
            older=answers[-1].id if len(rows) > PAGE else None,
        )


async def _pupil(
    session: AsyncSession, found: ClassRow, pupil_id: str, pack_id: str
) -> tuple[Pupil, int]:
    """Return the learner and their id, 0 where nobody came for a line of a roster."""
    for row in found.enrolments:
        if row.public_id == pupil_id:
            everybody = await pupils(session, found.id, pack_id, learner_id=row.learner_id or 0)
            return next(p for p in everybody if p.id == pupil_id), row.learner_id or 0
    raise NotFoundError("There is no such learner in this class.")


async def _topics(
    session: AsyncSession, class_id: int, learner_id: int, pack_id: str, pupil: Pupil
) -> Topics:
    marks = await classroom.marks(
        session, class_id, pack_id, QuestionRow.objective_id, learner_id=learner_id
    )
    cells = {objective: Cell(tried, int(right)) for _, objective, tried, right in marks}
    named: dict[str, list[ObjectiveMarks]] = defaultdict(list)
    for objective in await catalog.objectives_of(session, pack_id):
        cell = cells.get(objective.id, Cell())
        named[objective.topic_id].append(ObjectiveMarks(objective.sentence, cell))
    return tuple(
        (
            Column(topic.id, topic.title, questions),
            pupil.cells.get(topic.id, Cell()),
            tuple(named[topic.id]),
        )
        for topic, questions in await catalog.topics(session, pack_id)
    )


async def _beliefs(
    session: AsyncSession, class_id: int, learner_id: int, pack_id: str
) -> tuple[Held, ...]:
    extent = await extent_of_class(session, class_id, "")
    showings = await shown.showings_of(session, extent, pack_id, [learner_id])
    rights = await shown.rights_of(session, extent, pack_id, [learner_id])
    sentences = await shown.sentences(session, pack_id)
    return tuple(
        Held(sentences.get(each.belief, each.belief), each.refuted > 0, each.questions)
        for each in spread(showings, rights)
    )


async def _line(session: AsyncSession, library: Library, found: Row[AttemptRow, str]) -> AnswerLine:
    row, commentary_hash = found
    attempt = attempt_of(row)
    key = (attempt.pack_id, attempt.question_id, attempt.rev, commentary_hash)
    wording, commentary = await library.read(session, key)
    answered = attempt.response is not None
    return AnswerLine(
        id=row.id,
        pack_id=attempt.pack_id,
        question_id=attempt.question_id,
        title=commentary.title or wording.stem,
        outcome=attempt.outcome,
        text=_readable(wording.body.describe(attempt.response)) if answered else None,
        hints=attempt.hints,
        mode=attempt.mode,
        answered_at=attempt.answered_at,
    )


def _readable(text: str) -> str:
    """Return what was chosen without the marks of code in Markdown."""
    lines = (line for line in text.splitlines() if not line.startswith("```"))
    return "\n".join(lines).replace("`", "")
