"""The log in parts: what PostgreSQL wants of a partitioned `attempts`, and of the code above it.

Every key of a partitioned table must hold what it is partitioned by. By the month of `answered_at`,
(round, position) can no longer be unique by itself, so the card takes over: whoever sets its
`answered_at` first has answered, and by that time the attempt is found in one month. By `round_id`,
whose numbers follow time as well, (round, position) stays unique.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from quiz.core.attempts import Attempt
from quiz.storage.attempts import record_in
from tests.bench.scale_log import NOW, Log

PARTS = 24
"""How many parts the log has, and one more for what comes."""

MONTHS = [datetime(2025 + n // 12, n % 12 + 1, 1) for n in range(PARTS + 2)]  # noqa: DTZ001 - as stored
"""The first days of the months that the log reaches into, and of the one behind them."""

CLAIMED = "ALTER TABLE round_cards ADD answered_at timestamp"

TABLES = (
    "ALTER TABLE attempts RENAME TO attempts_whole",
    "CREATE TABLE attempts (LIKE attempts_whole INCLUDING DEFAULTS) PARTITION BY RANGE ({key})",
    "ALTER SEQUENCE attempts_id_seq OWNED BY attempts.id",
    "DROP TABLE attempts_whole",
    "ALTER TABLE attempts ADD CONSTRAINT pk_attempts PRIMARY KEY (id, {key})",
    "ALTER TABLE attempts ADD CONSTRAINT uq_attempts_round_id_position UNIQUE ({unique})",
    "ALTER TABLE attempts ADD FOREIGN KEY (round_id) REFERENCES rounds (id)",
    "ALTER TABLE attempts ADD FOREIGN KEY (learner_id) REFERENCES learners (id)",
    "CREATE INDEX ix_attempts_answered_at_id ON attempts (answered_at, id)",
    "CREATE INDEX ix_attempts_learner_id_pack_id_question_id_id"
    " ON attempts (learner_id, pack_id, question_id, id)",
)

PART = "CREATE TABLE attempts_{number} PARTITION OF attempts FOR VALUES FROM ({low}) TO ({high})"

CLAIM = text(
    "UPDATE round_cards c SET answered_at = v.at"
    " FROM unnest(CAST(:rounds AS int[]), CAST(:positions AS int[]), CAST(:times AS timestamp[]))"
    "   v (round_id, position, at)"
    " WHERE c.round_id = v.round_id AND c.position = v.position AND c.answered_at IS NULL"
    " RETURNING c.round_id, c.position"
)

CHANGED = {
    "answered_at": {
        "ON attempts.round_id = round_cards.round_id": (
            "ON attempts.answered_at = round_cards.answered_at"
            " AND attempts.round_id = round_cards.round_id"
        ),
        "attempts_1.round_id = rounds.id": (
            "attempts_1.answered_at >= rounds.started_at AND attempts_1.round_id = rounds.id"
        ),
        "ON CONFLICT (round_id, position)": "ON CONFLICT (round_id, position, answered_at)",
        "WHERE attempts.id IN (": (
            f"WHERE attempts.answered_at >= '{NOW:%Y-%m-%d}' AND attempts.id IN ("
        ),
    },
    "round_id": {
        "WHERE attempts.id IN (": "WHERE attempts.round_id > {rounds} AND attempts.id IN (",
    },
}
"""What would be written otherwise in the statements of `storage/`, by what parts the log.

`{rounds}` stands for the rounds that are finished.
"""


async def partition(engine: AsyncEngine, log: Log, key: str) -> None:
    """Replace the empty `attempts` by one in parts, by `answered_at` or `round_id`."""
    unique = "round_id, position" if key == "round_id" else "round_id, position, answered_at"
    if key == "round_id":
        bounds = [str(1 + log.rounds * n // PARTS) for n in range(PARTS + 1)] + ["MAXVALUE"]
    else:
        bounds = [f"'{month:%Y-%m-%d}'" for month in MONTHS]
    statements = [] if key == "round_id" else [CLAIMED]
    statements += [statement.format(key=key, unique=unique) for statement in TABLES]
    statements += [
        PART.format(number=number, low=low, high=high)
        for number, (low, high) in enumerate(pairwise(bounds), 1)
    ]
    async with engine.begin() as connection:
        for statement in statements:
            await connection.exec_driver_sql(statement)


async def claim_and_record(session: AsyncSession, attempts: Sequence[Attempt]) -> list[Attempt]:
    """Store answers whose cards nobody has answered yet, as `record_in` does with one table."""
    claimed = await session.execute(
        CLAIM,
        {
            "rounds": [attempt.round_id for attempt in attempts],
            "positions": [attempt.position for attempt in attempts],
            "times": [attempt.answered_at.replace(tzinfo=None) for attempt in attempts],
        },
    )
    places = {tuple(row) for row in claimed}
    return await record_in(session, [a for a in attempts if (a.round_id, a.position) in places])


def rewrite(engine: AsyncEngine, log: Log, key: str) -> set[str]:
    """Send statements of the app as they would be written for a log that `key` parts.

    Returns a set that loses what is found in one of them.
    """
    changed = {found: wanted.format(rounds=log.rounds) for found, wanted in CHANGED[key].items()}
    missing = set(changed)

    @event.listens_for(engine.sync_engine, "before_cursor_execute", retval=True)
    def _rewrite(
        _connection: object, _cursor: object, sql: str, values: Any, *_: object
    ) -> tuple[str, Any]:
        for found, wanted in changed.items():
            if found in sql:
                missing.discard(found)
                sql = sql.replace(found, wanted)
        return sql, values

    return missing
