"""A class at work, as it happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime

from quiz.core.live import LivePage, at_work, hurting
from quiz.core.people import Person
from quiz.storage import classroom, live
from quiz.storage.classes import LINES
from quiz.storage.engine import Database
from quiz.teaching.classroom import own_class

STEP_S = 2.0
"""How often we look whether something has changed."""
STEPS = 5
"""Looks of one stream: then the browser asks again, so that a server that stops waits no longer."""


async def live_page(db: Database, person: Person, class_id: str, *, now: datetime) -> LivePage:
    """Return who is at work and which questions hurt. Raises NotFoundError."""
    async with db.reading() as session:
        found = await own_class(session, person, class_id, LINES)
        cards = await live.cards(session, found.id, now=now)
        workers, worst = at_work(cards, now=now), hurting(cards)
        titles: dict[tuple[str, str], str] = {}
        for pack_id in {worker.pack_id for worker in workers} | {each.pack_id for each in worst}:
            named = await classroom.question_titles(session, pack_id)
            titles |= {(pack_id, id): title for id, title in named.items()}
    return LivePage(
        class_id=found.public_id,
        class_name=found.name,
        size=sum(
            pupil.joined_at is not None and pupil.left_at is None for pupil in found.enrolments
        ),
        workers=workers,
        hurting=worst,
        titles=titles,
    )


async def class_to_follow(db: Database, person: Person, class_id: str) -> int:
    """Return what `changes` needs to know of a class. Raises NotFoundError."""
    async with db.reading() as session:
        return (await own_class(session, person, class_id)).id


async def changes(
    db: Database, class_id: int, seen: str, *, clock: Callable[[], datetime]
) -> AsyncIterator[str]:
    """Yield the state of a class each time it is another than `seen`."""
    for step in range(STEPS):
        if step:
            await asyncio.sleep(STEP_S)
        async with db.reading() as session:
            state = await live.state(session, class_id, now=clock())
        if state != seen:
            yield state
            seen = state
