"""Work from a class, as a learner does it."""

from __future__ import annotations

from datetime import datetime

from quiz.core.errors import NotFoundError
from quiz.core.rounds import SIZES
from quiz.core.tokens import digest_of
from quiz.practice.desk import Desk
from quiz.practice.rounds import Started, store_round
from quiz.storage import assignments
from quiz.storage.candidates import candidates
from quiz.storage.learners import learner_id_of, touch_token

NO_WORK = "There is no such assignment, or this browser is not in its class."


async def start_work(desk: Desk, cookie: str, work_id: str, *, now: datetime) -> Started:
    """Start a round of questions of an assignment that were not tried yet, as many as a round has.

    Raises NotFoundError where there is none, where it is not open, and where all were tried.
    """
    digest = digest_of(cookie)
    async with desk.database.writing.begin() as session:
        learner_id = await learner_id_of(session, digest) if cookie else None
        row = learner_id and await assignments.work_of(session, learner_id, work_id, now=now)
        if not learner_id or not row:
            raise NotFoundError(NO_WORK)
        await touch_token(session, digest, now=now)
        topics = await assignments.topics_in(session, row.pack_id, row.topic_ids)
        tried = await assignments.tried_questions(session, row, learner_id)
        chosen = [
            each
            for each in await candidates(session, row.pack_id, None, learner_id=learner_id)
            if each.question_id not in tried and (not row.topic_ids or each.topic_id in topics)
        ]
        if not chosen:
            raise NotFoundError(
                "You have answered all questions of this assignment. Practise the pack as often as "
                "you like: the first tries are kept."
            )
        topic_id = next(iter(topics)) if len(topics) == 1 else None
        round_id = await store_round(
            desk,
            session,
            learner_id,
            row.pack_id,
            topic_id,
            "practice",
            chosen[: max(SIZES)],
            now=now,
        )
    return Started(round_id, cookie)
