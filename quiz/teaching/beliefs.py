"""The beliefs that a class holds."""

from __future__ import annotations

from quiz.core.beliefs import spread
from quiz.core.classroom import BeliefLine, BeliefPage
from quiz.core.people import Person
from quiz.storage import beliefs, classroom
from quiz.storage.classes import LINES
from quiz.storage.engine import Database
from quiz.teaching.classroom import choice_of_pack, own_class


async def belief_page(db: Database, person: Person, class_id: str, *, pack_id: str) -> BeliefPage:
    """Return the beliefs of a class in a pack. Raises NotFoundError."""
    async with db.reading() as session:
        found = await own_class(session, person, class_id, LINES)
        packs, chosen = await choice_of_pack(session, pack_id)
        showings = await beliefs.showings(session, found.id, chosen)
        rights = await beliefs.rights(session, found.id, chosen)
        sentences = await beliefs.sentences(session, chosen)
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
