"""The migrations of this version, and how far a database has come."""

from __future__ import annotations

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from quiz.core.errors import OperatorError


def migrations(connection: Connection) -> Config:
    """Return what alembic needs to run the migrations on a connection."""
    config = Config()
    config.set_main_option("script_location", "quiz:storage/migrations")
    config.attributes["connection"] = connection
    return config


def is_behind(connection: Connection, name: str) -> bool:
    """Return whether a migration is to be run on the database with this name.

    Raises OperatorError for a database that is newer than this version.
    """
    found = MigrationContext.configure(connection).get_current_revision()
    scripts = ScriptDirectory.from_config(migrations(connection))
    if found is not None and found not in {script.revision for script in scripts.walk_revisions()}:
        raise OperatorError(
            f"The database {name} was made by a newer version of Self-quiz. Install that one."
        )
    return found != scripts.get_current_head()


def is_foreign(connection: Connection) -> bool:
    """Return whether there are tables, and none of them is the mark of our migrations."""
    tables = inspect(connection).get_table_names()
    return bool(tables) and "alembic_version" not in tables
