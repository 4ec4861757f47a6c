"""Learners with rounds, started through the real routes, and the requests that they will send."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import select

from quiz.core.kinds import Seed
from quiz.core.questions import Question
from quiz.packs.loader import load_pack
from quiz.storage.engine import connected
from quiz.storage.tables import RoundCardRow, RoundRow
from tests.bench.client import Step
from tests.bench.pack import A_TOPIC, PACK
from tests.bench.processes import Server
from tests.bench.wire import Connection, Reply, get, post

HTMX = {"hx_request": "true", "hx_request_type": "partial", "sec_fetch_site": "same-origin"}
"""What a browser with our page sends when a card changes in place."""

FIRST_ADDRESS = IPv4Address("10.0.0.0")


@dataclass(frozen=True, slots=True)
class Card:
    """A card that waits in a learner's round."""

    cookie: str
    round_id: str
    position: int
    question_id: str
    secret: str

    @property
    def path(self) -> str:
        """Its address."""
        return f"/rounds/{self.round_id}/cards/{self.position}"


def start_rounds(server: Server, url: str, *, learners: int, topics: int) -> list[list[Card]]:
    """Return the cards of new learners, each with a round in each of the first `topics` topics."""
    return asyncio.run(_start_rounds(server.port, url, learners, topics))


async def _start_rounds(port: int, url: str, learners: int, topics: int) -> list[list[Card]]:
    started = [await _start(port, topics, n) for n in range(learners)]
    wanted = {round_id for _, rounds in started for round_id in rounds}
    query = (
        select(RoundRow.public_id, RoundCardRow.position, RoundCardRow.question_id, RoundRow.secret)
        .join(RoundCardRow, RoundCardRow.round_id == RoundRow.id)
        .order_by(RoundRow.id, RoundCardRow.position)
    )
    rows: dict[str, list[tuple[str, int, str, str]]] = {}
    async with connected(url) as database, database.reading() as session:
        for row in await session.execute(query):
            if row[0] in wanted:
                rows.setdefault(row[0], []).append((row[0], row[1], row[2], row[3]))
    return [[Card(cookie, *row) for id in rounds for row in rows[id]] for cookie, rounds in started]


async def _start(port: int, topics: int, learner: int) -> tuple[str, list[str]]:
    connection, cookie, rounds = Connection(port), "", []
    # Each comes from an address of its own: one alone may not start as many rounds.
    there = {"x_forwarded_for": str(FIRST_ADDRESS + learner)}
    for topic in range(topics):
        form = {"pack": PACK, "topic": f"t-{topic}", "size": A_TOPIC, "mode": "practice"}
        reply = await connection.exchange(
            post("/rounds", urlencode(form), cookie, **there).encode()
        )
        cookie = cookie or _found(rb"sid=([^;]+)", reply)
        rounds.append(_found(rb"/rounds/([^/]+)/cards/1", reply))
    connection.close()
    return cookie, rounds


def _found(pattern: bytes, reply: Reply) -> str:
    found = re.search(pattern, reply.head)
    if found is None:
        raise RuntimeError(f"no round was started: {reply.head.decode()} {reply.body[:500]!r}")
    return found[1].decode()


@cache
def questions(pack: Path) -> Mapping[str, Question]:
    """Return the questions of a pack by id."""
    loaded = load_pack(pack).pack
    assert loaded
    return {question.id: question for question in loaded.questions}


def answers(pack: Path, cards: Sequence[Card]) -> list[Step]:
    """Return the answers to cards, right and wrong by turns, as htmx posts them."""
    return [(True, _answer(pack, card, right=n % 2 == 0)) for n, card in enumerate(cards)]


def answers_and_ways_on(pack: Path, cards: Sequence[Card]) -> list[Step]:
    """Return the answers, each followed by the way to the next card, which is not timed."""
    steps: list[Step] = []
    for card, step in zip(cards, answers(pack, cards), strict=True):
        onward = urlencode({"after": card.position})
        steps += [step, (False, post(f"/rounds/{card.round_id}/next", onward, card.cookie, **HTMX))]
    return steps


def views(cards: Sequence[Card]) -> list[Step]:
    """Return requests for cards in place, as htmx asks for them."""
    return [(True, get(card.path, card.cookie, **HTMX)) for card in cards]


def dealt(cards: Sequence[Sequence[Card]], connections: int) -> Iterator[list[Card]]:
    """Share learners among connections: each answers for one after the other."""
    for n in range(connections):
        yield [card for own in cards[n::connections] for card in own]


def _answer(pack: Path, card: Card, *, right: bool) -> str:
    question = questions(pack)[card.question_id]
    seed = Seed(bytes.fromhex(card.secret), card.question_id, question.shuffle)
    samples = question.wording.body.samples(seed)
    form = samples.right if right else samples.wrong
    return post(card.path, urlencode(form, doseq=True), card.cookie, **HTMX)
