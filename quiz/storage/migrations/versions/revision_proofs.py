"""What was proven of a wording by running is kept beside that wording."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("revisions", sa.Column("proof", sa.JSON(none_as_null=True), nullable=True))
