"""Two lines of a class that are one person, made one.

What an instructor sees and may do must not grow by it. So both learners are in classes of this
instructor only, no answer comes to light that no class showed, and the browser of the line that
goes is not let in as the other: only the learner can do that, with a code from the settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.classes import Line
from quiz.core.errors import FormError, NotFoundError
from quiz.core.people import Person
from quiz.storage import events
from quiz.storage.dialect import hold_rows
from quiz.storage.engine import Database
from quiz.storage.enrolments import in_classes_of_others, line_from, line_of
from quiz.storage.learners import last_seen
from quiz.storage.merging import absorb, answers_of, merge_learners, newly_seen
from quiz.storage.school import ClassRow, EnrolmentRow
from quiz.teaching.classroom import own_class

FIELD = "with"
"""The field of a form that names the other line."""


@dataclass(frozen=True, slots=True)
class MergePage:
    """What would happen: `kept` stays and takes over what `gone` has.

    `name` and `external_id` are what the line would show. The numbers count all answers of the
    learners behind the lines, 0 where there is none; `two_learners` where there are two.
    """

    class_id: str
    class_name: str
    kept: Line
    gone: Line
    name: str
    external_id: str
    kept_answers: int
    gone_answers: int
    two_learners: bool


@dataclass(frozen=True, slots=True)
class _Pair:
    found: ClassRow
    kept: EnrolmentRow
    gone: EnrolmentRow

    @property
    def learners(self) -> tuple[int, ...]:
        return tuple(row.learner_id for row in (self.kept, self.gone) if row.learner_id)

    @property
    def name(self) -> str:
        """The name of a roster where one of the lines is from there, else that of who stays."""
        return self.kept.name if self.gone.learner_id else self.gone.name


async def merge_page(
    db: Database, person: Person, class_id: str, line_id: str, other_id: str
) -> MergePage:
    """Return what the merging of two lines would do.

    Raises NotFoundError, and FormError with the reason where they must not be merged.
    """
    async with db.reading() as session:
        pair = await _pair(session, person, class_id, line_id, other_id)
        await _refuse(session, person, pair)
        answers = await answers_of(session, *pair.learners)
        return MergePage(
            class_id=pair.found.public_id,
            class_name=pair.found.name,
            kept=line_from(pair.kept),
            gone=line_from(pair.gone),
            name=pair.name,
            external_id=pair.kept.external_id or pair.gone.external_id,
            kept_answers=answers.get(pair.kept.learner_id or 0, 0),
            gone_answers=answers.get(pair.gone.learner_id or 0, 0),
            two_learners=len(pair.learners) == 2,
        )


async def merge_lines(
    db: Database, person: Person, class_id: str, line_id: str, other_id: str, *, now: datetime
) -> str:
    """Make two lines one and return the public id of the one that stays.

    Raises as `merge_page` does.
    """
    async with db.writing.begin() as session:
        found = await own_class(session, person, class_id)
        await hold_rows(session, ClassRow, [found.id])
        pair = await _pair(session, person, class_id, line_id, other_id)
        await _refuse(session, person, pair)
        kept, gone = pair.kept, pair.gone
        kept.name, public_id = pair.name, kept.public_id
        details = {"kept": public_id, "gone": gone.public_id, "learners": len(pair.learners)}
        await events.note(
            session,
            "lines-merged",
            now=now,
            person_id=person.id,
            subject=found.public_id,
            details=details,
        )
        if kept.learner_id and gone.learner_id:
            await session.flush()
            await merge_learners(session, kept.learner_id, gone.learner_id, devices=False)
        else:
            absorb(kept, gone)
            await session.delete(gone)
    return public_id


async def _pair(
    session: AsyncSession, person: Person, class_id: str, line_id: str, other_id: str
) -> _Pair:
    """Return two lines, first the one that stays: whose learner was seen last, else the first."""
    found = await own_class(session, person, class_id)
    rows = [await line_of(session, found.id, id) for id in (line_id, other_id)]
    one, other = rows
    if one is None or other is None:
        raise NotFoundError("There is no such learner in this class.")
    seen = await last_seen(session, *(row.learner_id for row in (one, other) if row.learner_id))

    def rank(row: EnrolmentRow) -> tuple[bool, float, int]:
        at = seen.get(row.learner_id or 0)
        return (row.learner_id is not None, at.timestamp() if at else 0.0, -row.id)

    gone, kept = sorted((one, other), key=rank)
    return _Pair(found, kept, gone)


async def _refuse(session: AsyncSession, person: Person, pair: _Pair) -> None:
    kept, gone = pair.kept, pair.gone
    if kept.id == gone.id:
        raise FormError(FIELD, "These are one line already. Choose another one.")
    if kept.external_id and gone.external_id and kept.external_id != gone.external_id:
        raise FormError(
            FIELD,
            f"They have different external ids, “{kept.external_id}” and “{gone.external_id}”, so "
            "they are two people. Take the wrong id away first.",
        )
    if len(pair.learners) < 2:
        return
    if await in_classes_of_others(session, pair.learners, owner_id=person.id):
        raise FormError(
            FIELD,
            "One of them is in a class of another instructor, too, so you cannot merge them. The "
            "learner can, in the settings under “Go on elsewhere”.",
        )
    hidden = await newly_seen(session, *pair.learners)
    if hidden:
        raise FormError(
            FIELD,
            f"You would come to see {hidden:,} of their answers that were given outside of your "
            "classes. Only the learner may allow that, in the settings under “Go on elsewhere”.",
        )
