"""Moving everything from one database to another, and proving that it arrived."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, Table, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from quiz.core.errors import OperatorError
from quiz.storage.dialect import count_on
from quiz.storage.engine import Database
from quiz.storage.ready import explained
from quiz.storage.school import PersonRow

PAGE = 500
"""Rows that are read and written at a time."""

TABLES: Sequence[Table] = PersonRow.metadata.sorted_tables
"""All tables, each behind those that it refers to."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows a table has, and a sum over all their values in whatever order they come."""

    rows: int = 0
    checksum: int = 0

    def plus(self, rows: Sequence[Row[Any]]) -> Tally:
        """Return the tally with more rows."""
        more = sum(_number_of(row) for row in rows)
        return Tally(self.rows + len(rows), (self.checksum + more) % 2**256)


async def copy_all(
    source: Database, target: Database, progress: Callable[[str, int], None]
) -> Mapping[str, Tally]:
    """Copy every row in one transaction and return what each table holds, by name.

    `progress` gets a table's name and how many more of its rows were written. Raises OperatorError,
    and leaves the target as it was, unless the target is empty and ends up with the same values.
    """
    async with (
        explained(source),
        _snapshot(source).connect() as reading,
        explained(target),
        target.write.begin() as writing,
    ):
        await _refuse_rows(writing, target)
        copied = {table.name: await _copy(table, reading, writing, progress) for table in TABLES}
        for table in TABLES:
            await _compare(table, copied[table.name], writing, target)
            await count_on(writing, table)
    return copied


def _snapshot(db: Database) -> AsyncEngine:
    """Return an engine whose transactions see the database as it was when they began."""
    if db.is_sqlite:
        return db.write  # its transactions keep every other writer waiting
    return db.write.execution_options(isolation_level="REPEATABLE READ")


async def _refuse_rows(connection: AsyncConnection, db: Database) -> None:
    for table in TABLES:
        if (await connection.execute(select(table).limit(1))).first():
            raise OperatorError(
                f"The database {db.name} holds rows in '{table.name}' already. Name an empty one."
            )


async def _copy(
    table: Table,
    reading: AsyncConnection,
    writing: AsyncConnection,
    progress: Callable[[str, int], None],
) -> Tally:
    tally = Tally()
    async for rows in _pages(table, reading):
        await writing.execute(insert(table), [dict(row._mapping) for row in rows])
        tally = tally.plus(rows)
        progress(table.name, len(rows))
    return tally


async def _compare(
    table: Table, expected: Tally, connection: AsyncConnection, db: Database
) -> None:
    found = Tally()
    async for rows in _pages(table, connection):
        found = found.plus(rows)
    if found != expected:
        raise OperatorError(
            f"Not all of '{table.name}' arrived as it was in {db.name}: {found.rows} rows of "
            f"{expected.rows}. Nothing was kept there."
        )


async def _pages(table: Table, connection: AsyncConnection) -> AsyncIterator[Sequence[Row[Any]]]:
    async with connection.stream(select(table).execution_options(yield_per=PAGE)) as found:
        async for rows in found.partitions():
            yield rows


def _number_of(row: Row[Any]) -> int:
    values = [value.hex() if isinstance(value, bytes) else value for value in row]
    text = json.dumps(values, sort_keys=True, default=str)
    return int.from_bytes(sha256(text.encode()).digest())
