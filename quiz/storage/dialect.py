"""The only place that knows how databases differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.storage.base import Base

Insert = sqlite.Insert | postgresql.Insert


def insert_ignore(session: AsyncSession, table: type[Base], keys: Iterable[str]) -> Insert:
    """Return an INSERT that passes over rows whose `keys` are taken."""
    return _insert(session, table).on_conflict_do_nothing(index_elements=list(keys))


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
    statement = _insert(session, table)
    old, new = table.__table__.c, statement.excluded
    changes = {name: new[name] for name in replace} | {name: old[name] + new[name] for name in add}
    return statement.on_conflict_do_update(index_elements=list(keys), set_=changes)


def _insert(session: AsyncSession, table: type[Base]) -> Insert:
    core = cast(Table, table.__table__)  # the unit of work would only cost time here
    name = session.get_bind().dialect.name
    return postgresql.insert(core) if name == "postgresql" else sqlite.insert(core)
