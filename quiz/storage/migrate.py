"""Brings a database to the tables of this version. Only the command line does, never a worker."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from alembic import command
from sqlalchemy import Connection, inspect, text

from quiz.core.errors import OperatorError
from quiz.storage.engine import Database
from quiz.storage.ready import APPLICATION_ID, SCHEMA, explained
from quiz.storage.schema import is_behind, is_foreign, migrations
from quiz.storage.servers import alone


async def migrate(db: Database, *, now: datetime) -> None:
    """Run the migrations that `db` lacks; a file that holds tables is first copied beside itself.

    Raises OperatorError for a database that is newer than this version or another program's.
    """
    if db.is_sqlite:
        _make_folder(db)
    async with explained(db), db.write.connect() as connection:
        await connection.run_sync(_migrate, db, now)


def _make_folder(db: Database) -> None:
    folder = Path(db.name).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OperatorError(
            f"The folder {folder} for the database cannot be made: {error.strerror}."
        ) from None


def _migrate(connection: Connection, db: Database, now: datetime) -> None:
    if db.is_sqlite:
        _migrate_file(connection, db, now)
    else:
        _migrate_server(connection, db)


def _migrate_file(connection: Connection, db: Database, now: datetime) -> None:
    with connection.begin():
        if not _is_file_behind(connection, db):
            return
        tables = inspect(connection).get_table_names()
    if tables:
        _outside_transaction(connection, "VACUUM INTO ?", str(_copy_path(db, now)))
    _sign(connection, "application_id", APPLICATION_ID)
    # Tables are changed by making them anew, and to drop the old one would empty its children.
    _outside_transaction(connection, "PRAGMA foreign_keys=OFF")
    try:
        command.upgrade(migrations(connection), "head")
        connection.commit()  # with nothing to run, the look at the version is still open
        _check_references(connection, db)
        _sign(connection, "user_version", SCHEMA)
    finally:
        _outside_transaction(connection, "PRAGMA foreign_keys=ON")


def _migrate_server(connection: Connection, db: Database) -> None:
    """Run the migrations in one transaction, so that several machines may start at once."""
    with connection.begin(), alone(connection):
        if is_foreign(connection):
            raise OperatorError(
                f"The database {db.name} holds tables that are not ours. Name an empty one."
            )
        if is_behind(connection, db.name):
            command.upgrade(migrations(connection), "head")


def _is_file_behind(connection: Connection, db: Database) -> bool:
    """Return whether a migration is to be run. Raises OperatorError for what is not ours."""
    behind = is_behind(connection, db.name)
    mark = connection.execute(text("PRAGMA application_id")).scalar_one()
    if mark != APPLICATION_ID and (mark or inspect(connection).get_table_names()):
        raise OperatorError(
            f"The database {db.name} belongs to another program. Name another file."
        )
    version = connection.execute(text("PRAGMA user_version")).scalar_one()
    return behind or version != SCHEMA


def _copy_path(db: Database, now: datetime) -> Path:
    path = Path(db.name)
    return path.with_name(f"{path.stem}-{now:%Y%m%dT%H%M%SZ}{path.suffix}")


def _outside_transaction(connection: Connection, statement: str, *parameters: str) -> None:
    cursor = connection.connection.cursor()
    cursor.execute(statement, parameters)
    cursor.close()


def _check_references(connection: Connection, db: Database) -> None:
    with connection.begin():
        broken = connection.execute(text("PRAGMA foreign_key_check")).first()
    if broken:
        raise OperatorError(
            f"The database {db.name} holds rows that refer to nothing, in '{broken[0]}'."
        )


def _sign(connection: Connection, name: str, value: int) -> None:
    with connection.begin():
        connection.execute(text(f"PRAGMA {name}={value}"))
