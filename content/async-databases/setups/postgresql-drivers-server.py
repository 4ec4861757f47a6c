"""A PostgreSQL database with one table, its address for two drivers, and an engine on asyncpg.

The address comes from QUIZ_EVIDENCE_POSTGRESQL_URL, which begins with `postgresql+asyncpg://`.
"""

import os
from datetime import date

import psycopg
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

ASYNCPG = make_url(os.environ["QUIZ_EVIDENCE_POSTGRESQL_URL"])
PSYCOPG = ASYNCPG.set(drivername="postgresql+psycopg")

first = create_async_engine(ASYNCPG)
async with first.begin() as connection:
    for statement in (
        "DROP TABLE IF EXISTS items",
        "CREATE TABLE items (id integer PRIMARY KEY, name text, day date)",
        "INSERT INTO items VALUES (7, 'lamp', '2026-11-25')",
    ):
        await connection.execute(text(statement))
await first.dispose()

engine = create_async_engine(ASYNCPG)
by_id = text("SELECT name FROM items WHERE id = :x")
by_name = text("SELECT id FROM items WHERE name = :x")
by_day = text("SELECT id FROM items WHERE day = :x")
connections = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND application_name = 'count me'"
)
