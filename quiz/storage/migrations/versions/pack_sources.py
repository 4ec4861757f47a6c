"""Which files a pack was published from, so that unchanged ones need not be read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("packs", sa.Column("source_hash", sa.String(64), nullable=True))
