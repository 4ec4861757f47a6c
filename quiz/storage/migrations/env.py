"""Runs the steps on the connection that `quiz.storage.migrate` gives, each in a transaction."""

from __future__ import annotations

from alembic import context

from quiz.storage.school import PersonRow

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=PersonRow.metadata,
    render_as_batch=True,
    transaction_per_migration=True,
    # Alembic believes SQLite cannot; with our BEGIN it can. MariaDB really cannot.
    transactional_ddl=connection.dialect.name not in ("mysql", "mariadb"),
)
with context.begin_transaction():
    context.run_migrations()
