"""Starting a round, going on, and ending it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core import selection
from quiz.core.errors import NotFoundError
from quiz.core.rounds import Round, Walk
from quiz.core.tokens import digest_of
from quiz.core.views import ObjectiveLine, Summary, SummaryLine
from quiz.practice.cards import beliefs_of
from quiz.practice.desk import Desk, open_walk
from quiz.practice.pages import objective_line
from quiz.storage import catalog, rounds
from quiz.storage.candidates import Candidate, candidates, living_ids
from quiz.storage.learners import create_learner, learner_id_of, touch_token


@dataclass(frozen=True, slots=True)
class Started:
    """A new round and the cookie value of its learner, the same as before or a new one."""

    round_id: str
    cookie: str


async def start_round(
    desk: Desk,
    cookie: str,
    *,
    pack_id: str,
    topic_id: str | None,
    size: int,
    mode: str,
    now: datetime,
) -> Started:
    """Start a round of at most `size` questions; who has no valid cookie becomes a learner.

    `mode` is `practice` or `review`. Raises NotFoundError where there is nothing to ask.
    """
    async with desk.database.writing.begin() as session:
        learner_id, cookie = await learner_for(desk, session, cookie, now=now)
        found = await candidates(session, pack_id, topic_id, learner_id=learner_id)
        if mode == "review":
            chosen = selection.for_review(found, size=size, now=now)
        else:
            chosen = selection.for_practice(found, size=size)
        if not chosen:
            raise NotFoundError(_nothing_to_ask(mode))
        round_id = await store_round(
            desk, session, learner_id, pack_id, topic_id, mode, chosen, now=now
        )
    return Started(round_id, cookie)


async def redo_round(desk: Desk, cookie: str, *, round_id: str, now: datetime) -> Started:
    """Start a round with exactly the questions missed in another, under their present ids.

    Raises NotFoundError where none was missed, or none is asked any more.
    """
    async with desk.database.writing.begin() as session:
        walk = await open_walk(session, digest_of(cookie), round_id)
        await touch_token(session, digest_of(cookie), now=now)
        missed = set((await _to_redo(session, walk)).values())
        found = await candidates(
            session, walk.round.pack_id, None, learner_id=walk.round.learner_id
        )
        chosen = [candidate for candidate in found if candidate.question_id in missed]
        if not chosen:
            raise NotFoundError("Nothing that was missed in that round is still asked.")
        new_id = await store_round(
            desk,
            session,
            walk.round.learner_id,
            walk.round.pack_id,
            walk.round.topic_id,
            "redo",
            chosen,
            now=now,
        )
    return Started(new_id, cookie)


async def go_on(desk: Desk, digest: str, round_id: str, *, after: int, now: datetime) -> int | None:
    """Return the next unanswered position and note that it is shown; None ends the round.

    Raises NotFoundError.
    """
    async with desk.database.writing.begin() as session:
        walk = await open_walk(session, digest, round_id)
        position = walk.marks.next_after(after)
        if position is None:
            await rounds.finish_round(session, walk.round.id, now=now)
        else:
            await rounds.show_card(session, walk.card(position), now=now)
    return position


async def summary(desk: Desk, digest: str, round_id: str, *, now: datetime) -> Summary:
    """Return what a round came to so far. Raises NotFoundError."""
    async with desk.database.reading() as session:
        walk = await open_walk(session, digest, round_id)
        lines = await _lines(desk, session, walk)
        return Summary(
            round=walk.round,
            topic_title=await catalog.topic_title(session, walk.round.pack_id, walk.round.topic_id),
            lines=lines,
            to_redo=len(set((await _to_redo(session, walk)).values())),
            objectives=await _objectives(session, walk, now=now),
            next_position=walk.marks.next_after(0),
        )


async def learner_for(
    desk: Desk, session: AsyncSession, cookie: str, *, now: datetime
) -> tuple[int, str]:
    """Return the learner of a cookie and the cookie, or a new learner with a new cookie."""
    known = await learner_id_of(session, digest_of(cookie)) if cookie else None
    if known is not None:
        await touch_token(session, digest_of(cookie), now=now)
        return known, cookie
    fresh = desk.unguessable()
    learner_id = await create_learner(
        session, public_id=desk.unguessable()[:22], digest=digest_of(fresh), now=now
    )
    return learner_id, fresh


async def store_round(
    desk: Desk,
    session: AsyncSession,
    learner_id: int,
    pack_id: str,
    topic_id: str | None,
    mode: str,
    chosen: Sequence[Candidate],
    *,
    now: datetime,
) -> str:
    """Store a round that asks what was chosen, which is not empty, and return its public id."""
    found = Round(
        id=0,
        public_id=desk.unguessable()[:22],
        learner_id=learner_id,
        pack_id=pack_id,
        pack_title="",
        topic_id=topic_id,
        mode=mode,
        secret=hashlib.sha256(desk.unguessable().encode()).hexdigest(),
        size=len(chosen),
        started_at=now,
        finished_at=None,
    )
    cards = [(c.question_id, c.v, c.rev) for c in chosen]
    await rounds.create_round(session, found, cards, now=now)
    return found.public_id


async def _to_redo(session: AsyncSession, walk: Walk) -> Mapping[str, str]:
    """Return the present ids of the questions missed that are still asked."""
    missed = [card.question_id for card in walk.cards if card.attempt and card.attempt.missed]
    return await living_ids(session, walk.round.pack_id, missed) if missed else {}


async def _lines(desk: Desk, session: AsyncSession, walk: Walk) -> tuple[SummaryLine, ...]:
    lines = []
    for card in walk.cards:
        if card.attempt is None:
            continue
        wording, commentary = await desk.library.texts(session, card)
        lines.append(
            SummaryLine(
                position=card.position,
                title=commentary.title or wording.stem,
                outcome=card.attempt.outcome,
                missed=card.attempt.missed,
                hints=card.attempt.hints,
                beliefs=beliefs_of(commentary, card.attempt.misconceptions),
            )
        )
    return tuple(lines)


async def _objectives(
    session: AsyncSession, walk: Walk, *, now: datetime
) -> tuple[ObjectiveLine, ...]:
    touched = sorted({card.objective_id for card in walk.cards if card.attempt})
    rows = await catalog.memories_of(
        session, walk.round.pack_id, touched, learner_id=walk.round.learner_id
    )
    return tuple(objective_line(sentence, memory, now=now) for sentence, memory in rows)


def _nothing_to_ask(mode: str) -> str:
    if mode == "review":
        return "Nothing is due for review here. Practise new questions, or come back another day."
    return "There is no such pack or topic, or it has no questions."
