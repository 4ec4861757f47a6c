"""The beliefs that a class holds."""

from __future__ import annotations

from quiz.core.beliefs import spread
from quiz.core.classroom import BeliefLine, BeliefPage
from quiz.core.people import Person
from quiz.storage import classroom, shown
from quiz.storage.classes import LINES
from quiz.storage.engine import Database
from quiz.storage.extent import extent_of_class
from quiz.teaching.classroom import choice_of_pack, own_class


async def belief_page(db: Database, person: Person, class_id: str, *, pack_id: str) -> BeliefPage:
    """Return the beliefs of a class in a pack. Raises NotFoundError."""
    async with db.reading() as session:
        found = await own_class(session, person, class_id, LINES)
        packs, chosen = await choice_of_pack(session, pack_id)
        learners = [row.learner_id for row in found.enrolments if row.learner_id is not None]
        extent = await extent_of_class(session, found.id, found.name)
        showings = await shown.showings_of(session, extent, chosen, learners)
        rights = await shown.rights_of(session, extent, chosen, learners)
        sentences = await shown.sentences(session, chosen)
        titles = await classroom.question_titles(session, chosen)
        size = sum(row.joined_at is not None for row in found.enrolments)
    return BeliefPage(
        class_id=found.public_id,
        class_name=found.name,
        packs=packs,
        pack_id=chosen,
        size=size,
        beliefs=tuple(
            BeliefLine(
                id=each.belief,
                sentence=sentences.get(each.belief, each.belief),
                showed=each.showed,
                refuted=each.refuted,
                questions=tuple((id, titles.get(id, id)) for id in each.questions),
            )
            for each in spread(showings, rights)
        ),
    )
