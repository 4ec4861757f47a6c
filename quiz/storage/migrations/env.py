"""Runs the steps on the connection that `quiz.storage.migrate` gives, each in a transaction."""

from __future__ import annotations

from alembic import context

from quiz.storage.published import PackRow

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=PackRow.metadata,
    render_as_batch=True,
    transaction_per_migration=True,
    transactional_ddl=True,  # alembic believes SQLite cannot; with our BEGIN it can
)
with context.begin_transaction():
    context.run_migrations()
