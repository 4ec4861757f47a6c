"""Addresses of a PostgreSQL database for two drivers, and a query; no event loop runs yet.

The address comes from QUIZ_EVIDENCE_POSTGRESQL_URL, which begins with `postgresql+asyncpg://`.
"""

import asyncio
import logging
import os

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

ASYNCPG = make_url(os.environ["QUIZ_EVIDENCE_POSTGRESQL_URL"])
PSYCOPG = ASYNCPG.set(drivername="postgresql+psycopg")

logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)


async def query(engine) -> int:
    """Ask the database for a number."""
    async with engine.connect() as connection:
        return await connection.scalar(text("SELECT 1"))
