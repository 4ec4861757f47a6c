"""A log of any length on PostgreSQL: every row is made there, from numbers.

All learners are there for the whole time and answer by turns, so that what is inserted hits the
index by learner everywhere, as it does at a real school. They have the same history however many
they are: what grows with the log is the log's own doing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy.ext.asyncio import AsyncEngine

from quiz.core.attempts import Attempt

A_LEARNER = 400
A_ROUND = 20
TOPICS = 8
AN_OBJECTIVE = 4
"""Attempts of a learner, cards of a round, topics of the pack, questions of an objective."""

CHUNK = 25_000
"""Rounds that are made in one transaction."""

OPEN = 500
"""Rounds without answers, at most one a learner: what is measured is stored into them."""

SHUFFLE = 7919
"""A prime, which brings the learners' turns out of order."""

PACK = f"pack-{1:015}"
FIRST, NOW = datetime(2025, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, 9, tzinfo=UTC)

CONTENT = (
    """INSERT INTO packs VALUES ('pack-000000000000001', 'A pack', 'To measure with.', '[]',
         'CC0', 'en', '1', repeat('0', 64), '2025-01-01', NULL)""",
    """INSERT INTO topics SELECT 'pack-000000000000001', 'topic-' || lpad(t::text, 14, '0'), t,
         'A topic', 'Notes.', NULL, NULL FROM generate_series(0, {topics} - 1) t""",
    """INSERT INTO objectives
       SELECT 'pack-000000000000001', 'objective-' || lpad(o::text, 10, '0'),
              'topic-' || lpad((o * {an_objective} / {a_round})::text, 14, '0'), o,
              'Predict what a program prints.', NULL, NULL
       FROM generate_series(0, {topics} * {a_round} / {an_objective} - 1) o""",
    """INSERT INTO questions (pack_id, id, topic_id, objective_id, position, rev, v, level, tags,
         points, shuffle, commentary, commentary_hash)
       SELECT 'pack-000000000000001', 'question-' || lpad(q::text, 11, '0'),
              'topic-' || lpad((q / {a_round})::text, 14, '0'),
              'objective-' || lpad((q / {an_objective})::text, 10, '0'),
              q, '0123456789ab', 1, 'trace', '[]', 1.0, true, '{{}}', '0123456789ab'
       FROM generate_series(0, {topics} * {a_round} - 1) q""",
)

LEARNERS = (
    """INSERT INTO learners SELECT n, substr(encode(sha256(('l' || n)::bytea), 'hex'), 1, 22), '',
         '2025-01-01' FROM generate_series(1, {learners}) n""",
    """INSERT INTO learner_tokens
       SELECT encode(sha256(('t' || n)::bytea), 'hex'), n, '2025-01-01', '2027-01-01'
       FROM generate_series(1, {learners}) n""",
    """INSERT INTO topic_progress
       SELECT n, 'pack-000000000000001', 'topic-' || lpad(t::text, 14, '0'), 50, 33, 20, 13,
              '2026-12-01'
       FROM generate_series(1, {learners}) n, generate_series(0, {topics} - 1) t""",
    """INSERT INTO memories
       SELECT n, 'pack-000000000000001', 'objective-' || lpad(o::text, 10, '0'), 12.5, 5.25,
              '2026-12-01', timestamp '2026-12-01' + interval '1 day' * (o + n % 30)
       FROM generate_series(1, {learners}) n,
            generate_series(0, {topics} * {a_round} / {an_objective} - 1) o""",
    "SELECT setval('learners_id_seq', {learners})",
)

ROUNDS = """INSERT INTO rounds
    SELECT r, substr(encode(sha256(('r' || r)::bytea), 'hex'), 1, 22), 1 + r * 7919 % {learners},
           'pack-000000000000001',
           'topic-' || lpad(((r - 1) / {learners} % {topics})::text, 14, '0'), 'practice',
           encode(sha256(('s' || r)::bytea), 'hex'), {a_round},
           timestamp '2025-01-01' + interval '730 days' * ((r - 1)::float / {rounds}),
           timestamp '2025-01-01' + interval '730 days' * ((r - 1)::float / {rounds})
    FROM generate_series({first}::bigint, {last}) r"""

CARDS = """INSERT INTO round_cards (round_id, position, pack_id, question_id, v, rev, shown_at,
      hints {claimed})
    SELECT r, p, 'pack-000000000000001', 'question-' || lpad(
             ((r - 1) / {learners} % {topics} * {a_round} + p - 1)::text, 11, '0'),
           1, '0123456789ab', timestamp '2025-01-01'
             + interval '730 days' * ((r - 1)::float / {rounds}) + interval '1 minute' * p, 0
           {claim}
    FROM generate_series({first}::bigint, {last}) r, generate_series(1, {a_round}) p
    ORDER BY r, p"""

ATTEMPTS = """INSERT INTO attempts (round_id, position, learner_id, pack_id, topic_id, objective_id,
      question_id, v, rev, mode, response, score, correct, counted, misconceptions, hints,
      shown_at, answered_at)
    SELECT r, p, 1 + r * 7919 % {learners}, 'pack-000000000000001',
           'topic-' || lpad(t::text, 14, '0'),
           'objective-' || lpad((q / {an_objective})::text, 10, '0'),
           'question-' || lpad(q::text, 11, '0'), 1, '0123456789ab', 'practice',
           CASE WHEN luck = 19 THEN NULL
                WHEN luck % 6 = 0 THEN '"await session.commit()  # ' || r || '"'
                ELSE '["b"]' END::json,
           CASE WHEN luck < 13 THEN 1.0 ELSE 0.0 END,
           CASE WHEN luck < 19 THEN luck < 13 END, true,
           CASE WHEN luck BETWEEN 13 AND 17 THEN '["same-list-is-a-copy"]' ELSE '[]' END::json, 0,
           begun + interval '1 minute' * p, begun + interval '1 minute' * p + interval '25 seconds'
    FROM generate_series({first}::bigint, {last}) r, generate_series(1, {a_round}) p,
         LATERAL (SELECT (r - 1) / {learners} % {topics} AS t, (r * 31 + p * 17) % 20 AS luck,
                         timestamp '2025-01-01'
                           + interval '730 days' * ((r - 1)::float / {rounds}) AS begun) a,
         LATERAL (SELECT t * {a_round} + p - 1 AS q) b
    ORDER BY begun + interval '1 minute' * p, r"""

COUNT_ON = "SELECT setval('rounds_id_seq', {last})"

CLAIM = """timestamp '2025-01-01' + interval '730 days' * ((r - 1)::float / {rounds})
    + interval '1 minute' * p + interval '25 seconds'"""


@dataclass(frozen=True, slots=True)
class Log:
    """A log with so many attempts, a whole number of learners' at least."""

    attempts: int

    @property
    def learners(self) -> int:
        """How many answered."""
        return self.attempts // A_LEARNER

    @property
    def rounds(self) -> int:
        """How many rounds were finished; the open ones follow them."""
        return self.attempts // A_ROUND

    @property
    def open(self) -> int:
        """How many rounds have no answers."""
        return min(self.learners, OPEN)

    @property
    def numbers(self) -> Mapping[str, object]:
        """What the statements are made with."""
        return {
            "learners": self.learners,
            "rounds": self.rounds,
            "a_round": A_ROUND,
            "topics": TOPICS,
            "an_objective": AN_OBJECTIVE,
        }

    def learner_of(self, round_id: int) -> int:
        """Return the learner of a round."""
        return 1 + round_id * SHUFFLE % self.learners

    def answer(self, round_id: int, position: int) -> Attempt:
        """Return an answer for a place in an open round."""
        topic = (round_id - 1) // self.learners % TOPICS
        question = topic * A_ROUND + position - 1
        return Attempt(
            round_id=round_id,
            position=position,
            learner_id=self.learner_of(round_id),
            pack_id=PACK,
            topic_id=f"topic-{topic:014}",
            objective_id=f"objective-{question // AN_OBJECTIVE:010}",
            question_id=f"question-{question:011}",
            v=1,
            rev="0123456789ab",
            mode="practice",
            response=["b"],
            score=1.0,
            correct=True,
            misconceptions=(),
            hints=0,
            shown_at=NOW,
            answered_at=NOW,
        )


def public_id(round_id: int) -> str:
    """Return the public id of a round."""
    return sha256(f"r{round_id}".encode()).hexdigest()[:22]


def digest(learner_id: int) -> str:
    """Return what the database knows of a learner's cookie."""
    return sha256(f"t{learner_id}".encode()).hexdigest()


async def fill(engine: AsyncEngine, log: Log, say: Callable[[str], None], *, claimed: bool) -> None:
    """Fill the empty tables, in chunks, in the order of time.

    Where answers are `claimed`, cards hold when they were answered.
    """
    await _run(engine, log.numbers, *CONTENT, *LEARNERS)
    cards = {"claimed": "", "claim": ""}
    if claimed:
        cards = {"claimed": ", answered_at", "claim": f", {CLAIM.format(**log.numbers)}"}
    for first in range(1, log.rounds + 1, CHUNK):
        last = min(first + CHUNK - 1, log.rounds)
        some = {**log.numbers, "first": first, "last": last, **cards}
        await _run(engine, some, ROUNDS, CARDS, ATTEMPTS)
        say(f"  {last * A_ROUND:,} of {log.attempts:,} attempts")
    rest = {**log.numbers, "first": log.rounds + 1, "last": log.rounds + log.open}
    await _run(engine, {**rest, "claimed": "", "claim": ""}, ROUNDS, CARDS, COUNT_ON)


async def _run(engine: AsyncEngine, named: Mapping[str, object], *statements: str) -> None:
    async with engine.begin() as connection:
        # References hold by how the rows are made, and to look each up takes half of the time.
        await connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        await connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
        for statement in statements:
            await connection.exec_driver_sql(statement.format(**named))
