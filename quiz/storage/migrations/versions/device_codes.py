"""Codes that let a learner go on in another browser."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    time = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), "mysql", "mariadb")
    op.create_table(
        "device_codes",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("ends_at", time, nullable=False),
        sa.Column("used_at", time, nullable=True),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"]),
    )
    op.create_index("ix_device_codes_learner_id", "device_codes", ["learner_id"])
