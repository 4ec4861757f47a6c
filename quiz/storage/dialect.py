"""The only place that knows how the statements of databases differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Insert, Row, Table, func, insert, select, text, tuple_
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.dml import ReturningInsert

from quiz.storage.base import Base

INSERTS: Mapping[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


async def insert_new(
    session: AsyncSession, table: type[Base], keys: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> Sequence[Row[Any]]:
    """Insert the rows whose `keys` are free, and return id and keys of those.

    On MariaDB the caller must keep others from inserting rows of the same keys meanwhile.
    """
    if _name(session) == "mysql":
        # Not INSERT IGNORE, which would also pass over a row that refers to nothing.
        columns = [_core(table).c[key] for key in keys]
        given = [tuple(row[key] for key in keys) for row in rows]
        found = await session.execute(select(*columns).where(tuple_(*columns).in_(given)))
        taken = {tuple(row) for row in found}
        rows = [row for row, key in zip(rows, given, strict=True) if key not in taken]
    if not rows:
        return []
    return (await session.execute(_insert_new(_name(session), table, tuple(keys)), rows)).all()


def upsert(
    session: AsyncSession,
    table: type[Base],
    keys: Sequence[str],
    *,
    replace: Iterable[str],
    add: Iterable[str] = (),
) -> Insert:
    """Return an INSERT that changes the row whose `keys` are taken.

    Columns named in `replace` take the new value, those in `add` grow by it.
    """
    return _upsert(_name(session), table, tuple(keys), tuple(replace), tuple(add))


async def hold_rows(session: AsyncSession, table: type[Base], ids: Iterable[int]) -> None:
    """Keep other transactions that hold one of these rows waiting until this one ends.

    SQLite has one writer at a time, so there it is nothing.
    """
    if _name(session) != "sqlite":
        column = _core(table).c.id
        # In one order everywhere, or two transactions could wait for each other.
        query = select(column).where(column.in_(sorted(ids))).order_by(column).with_for_update()
        await session.execute(query)


async def hold_table(session: AsyncSession, table: type[Base], *, by: type[Base]) -> None:
    """Keep other transactions from changing a table until this one ends.

    MariaDB cannot lock a table in a transaction, so there all rows of `by` are held, which whoever
    changes the table holds before.
    """
    if _name(session) == "postgresql":
        await session.execute(text(f"LOCK TABLE {_core(table).name} IN SHARE ROW EXCLUSIVE MODE"))
    elif _name(session) == "mysql":
        await session.execute(select(_core(by).c.id).with_for_update())


async def count_on(connection: AsyncConnection, table: Table) -> None:
    """Let new ids follow the greatest one, after rows came with ids of their own."""
    counted = table.autoincrement_column
    if connection.dialect.name == "postgresql" and counted is not None:
        sequence = func.pg_get_serial_sequence(table.name, counted.name)
        following = select(func.coalesce(func.max(counted), 0) + 1).scalar_subquery()
        await connection.execute(select(func.setval(sequence, following, False)))


# To build a statement takes longer than to run it, so each is built once.
@cache
def _insert_new(
    name: str, table: type[Base], keys: tuple[str, ...]
) -> ReturningInsert[*tuple[Any, ...]]:
    core = _core(table)
    statement = insert(core)
    if name != "mysql":
        statement = INSERTS[name](core).on_conflict_do_nothing(index_elements=keys)
    return statement.returning(core.c.id, *(core.c[key] for key in keys))


@cache
def _upsert(
    name: str,
    table: type[Base],
    keys: tuple[str, ...],
    replace: tuple[str, ...],
    add: tuple[str, ...],
) -> Insert:
    core = _core(table)
    if name == "mysql":
        doubled = mysql.insert(core)
        return doubled.on_duplicate_key_update(_changes(core, doubled.inserted, replace, add))
    statement = INSERTS[name](core)
    changes = _changes(core, statement.excluded, replace, add)
    return statement.on_conflict_do_update(index_elements=keys, set_=changes)


def _changes(
    core: Table, new: ReadOnlyColumnCollection[str, Any], replace: Iterable[str], add: Iterable[str]
) -> dict[str, ColumnElement[Any]]:
    replaced: dict[str, ColumnElement[Any]] = {name: new[name] for name in replace}
    return replaced | {name: core.c[name] + new[name] for name in add}


def _core(table: type[Base]) -> Table:
    return cast(Table, table.__table__)  # the unit of work would only cost time here


def _name(session: AsyncSession) -> str:
    name = session.get_bind().dialect.name
    return "mysql" if name == "mariadb" else name
