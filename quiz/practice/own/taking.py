"""Taking out: one JSON file with all that is kept of a learner; `schema.json` describes it.

It holds no secret: no cookie, no code, and not what shuffles the options of a round, which decides
nothing but their order. Packs, topics, objectives and questions have the ids that they have now.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

from quiz.core.errors import NotFoundError
from quiz.core.own import Holdings
from quiz.practice.desk import Desk
from quiz.practice.own.schema import FORMAT
from quiz.storage import own
from quiz.storage.learners import learner_id_of

PAGE = 500
"""Records read at a time."""

NOTHING = (
    "Nothing is kept of this browser: it has not started a round. If you used another one, open "
    "this page there."
)


async def held(desk: Desk, digest: str) -> Holdings | None:
    """Return how much is kept of the learner of this browser, None where there is none."""
    async with desk.database.reading() as session:
        learner_id = await learner_id_of(session, digest) if digest else None
        return await own.holdings(session, learner_id) if learner_id else None


async def taken_out(desk: Desk, digest: str, *, now: datetime) -> AsyncGenerator[bytes]:
    """Yield the file in pieces. Raises NotFoundError before the first where nothing is kept."""
    async with desk.database.reading() as session:
        learner_id = await learner_id_of(session, digest) if digest else None
        found = await own.learner_of(session, learner_id) if learner_id else None
    if found is None:
        raise NotFoundError(NOTHING)
    learner = {"id": found.public_id, "name": found.name, "created_at": found.created_at}
    head = {"format": FORMAT, "taken_out_at": now, "learner": learner}
    yield _json(head).encode()[:-1]
    for name, section in own.SECTIONS.items():
        yield f',\n"{name}": ['.encode()
        between = "\n"
        async for page in _pages(desk, section, found.id):
            yield (between + ",\n".join(map(_json, page))).encode()
            between = ",\n"
        yield b"\n]"
    yield b"}\n"


async def _pages(
    desk: Desk, section: own.Section, learner_id: int
) -> AsyncIterator[Sequence[object]]:
    """Yield the records of a section in pages; none keeps a connection while a browser reads."""
    records, place = await _page(desk, section, learner_id, ())
    while records:
        yield records
        records, place = await _page(desk, section, learner_id, place)


async def _page(
    desk: Desk, section: own.Section, learner_id: int, after: Sequence[Any]
) -> tuple[Sequence[object], Sequence[Any]]:
    async with desk.database.reading() as session:
        return await own.records_after(session, section, learner_id, after, limit=PAGE)


def time_text(time: datetime) -> str:
    """Return a time as the file has it: ISO 8601 in UTC, to the microsecond."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=time_text)
