"""Whether a database can be used, said before the first learner comes."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from quiz.core.errors import OperatorError
from quiz.storage.engine import Database
from quiz.storage.schema import is_behind

APPLICATION_ID = 0x5155495A
"""`QUIZ` in ASCII: marks a file of SQLite as ours."""

SCHEMA = 8
"""The number of migrations, kept as `user_version` in a file of SQLite."""

WAYS_OUT = {
    "unable to open": "Let the server's user read and write the file.",
    "readonly": "Let the server's user write the file and its folder.",
    "not a database": "Name another file, or restore a backup.",
    "malformed": "Restore a backup.",
    "full": "Free some disk space.",
    "locked": "Stop the other program that holds it.",
    "refused": "Start the server, or mend the host and port in QUIZ_DATABASE_URL.",
    "connect to": "Start the server, or mend its place in QUIZ_DATABASE_URL.",
    "No such file": "Start the server, or mend its socket in QUIZ_DATABASE_URL.",
    "startup parameter": "Write ?pgbouncer=1 at the end of QUIZ_DATABASE_URL.",
    "authentication": "Mend the user and password in QUIZ_DATABASE_URL.",
    "Access denied": "Mend the user and password in QUIZ_DATABASE_URL.",
    "does not exist": "Create the database, or mend its name in QUIZ_DATABASE_URL.",
    "Unknown database": "Create the database, or mend its name in QUIZ_DATABASE_URL.",
}
"""By words of the database's message."""


async def check_ready(db: Database) -> None:
    """Raise OperatorError, in a sentence with path and cause, unless `db` can be used now."""
    if db.is_sqlite:
        _check_path(db)
    async with explained(db), db.write.connect() as connection:
        if db.is_sqlite:
            await _check_file(db, connection)
            await connection.execute(text("CREATE TABLE write_probe (x INTEGER)"))
        else:
            await connection.run_sync(_check_server, db)
        await connection.rollback()


@asynccontextmanager
async def explained(db: Database) -> AsyncIterator[None]:
    """Turn an error of the driver into an OperatorError that names the database."""
    try:
        yield
    except (DBAPIError, OSError) as error:
        cause = str(error.orig if isinstance(error, DBAPIError) else error)
        way_out = next((hint for words, hint in WAYS_OUT.items() if words in cause), "")
        raise OperatorError(
            f"The database {db.name} cannot be used: {cause}. {way_out}".rstrip()
        ) from None


async def pragma(connection: AsyncConnection, name: str) -> Any:
    """Return the value of a PRAGMA of SQLite."""
    return (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()


def _check_path(db: Database) -> None:
    """Say what is wrong with the place of a file, which SQLite only calls unable to open."""
    path = Path(db.name.removeprefix("file:"))
    folder = path.parent
    if path.is_dir():
        raise OperatorError(f"The database {db.name} cannot be used: it is a folder. Name a file.")
    if not folder.is_dir():
        raise OperatorError(
            f"The database {db.name} cannot be used: its folder is not there. Run `quiz migrate`."
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OperatorError(
            f"The database {db.name} cannot be used: user {os.geteuid()} may not write in its "
            "folder. Let the server's user write the file and its folder."
        )


def _check_server(connection: Connection, db: Database) -> None:
    if not inspect(connection).has_table("alembic_version"):
        raise OperatorError(f"The database {db.name} has no tables of ours. Run `quiz migrate`.")
    if is_behind(connection, db.name):
        raise OperatorError(f"The database {db.name} is of an older version. Run `quiz migrate`.")
    connection.execute(text("UPDATE alembic_version SET version_num = version_num"))


async def _check_file(db: Database, connection: AsyncConnection) -> None:
    application_id = await pragma(connection, "application_id")
    version = await pragma(connection, "user_version")
    if application_id == 0 and version == 0:
        raise OperatorError(f"The database {db.name} has no tables of ours. Run `quiz migrate`.")
    if application_id != APPLICATION_ID:
        raise OperatorError(
            f"The database {db.name} belongs to another program. Name another file."
        )
    if version > SCHEMA:
        raise OperatorError(
            f"The database {db.name} was made by a newer version of Self-quiz. Install that one."
        )
    if version < SCHEMA:
        raise OperatorError(f"The database {db.name} is of an older version. Run `quiz migrate`.")
    damage = (await connection.execute(text("PRAGMA quick_check(1)"))).scalar_one()
    if damage != "ok":
        raise OperatorError(f"The database {db.name} is damaged: {damage}. Restore a backup.")
