"""What is said of the options and lines of a wording is kept beside that wording."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("revisions", sa.Column("remarks", sa.JSON(none_as_null=True), nullable=True))
