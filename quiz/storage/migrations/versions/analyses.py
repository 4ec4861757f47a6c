"""Statistics are kept until they are counted anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    time = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), "mysql", "mariadb")
    op.create_table(
        "analyses",
        sa.Column("scope", sa.String(63), nullable=False),
        sa.Column("pack_id", sa.String(63), nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("through", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.String(160), nullable=False),
        sa.Column("computed_at", time, nullable=False),
        sa.Column("took_s", sa.Double(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "pack_id", "mode"),
    )
