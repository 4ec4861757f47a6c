"""People who sign in, classes, and reports to authors."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _people()
    _logins()
    _classes()
    _reports()


def _time(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    kind = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), "mysql", "mariadb")
    return sa.Column(name, kind, nullable=nullable)


def _text(name: str, length: int | None = None, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _id() -> tuple[sa.Column[int], sa.Column[str]]:
    public_id = sa.Column("public_id", sa.String(22), nullable=False, unique=True)
    return sa.Column("id", sa.Integer(), primary_key=True), public_id


def _to(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"])


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)


def _people() -> None:
    op.create_table(
        "people",
        *_id(),
        _text("name", 63),
        sa.Column("name_key", sa.String(63), nullable=False, unique=True),
        _text("role", 16),
        _text("password", 255, nullable=True),
        _text("totp_secret", 64, nullable=True),
        _number("totp_step", nullable=True),
        sa.Column("recovery", sa.JSON(), nullable=False),
        _time("created_at"),
        _time("ended_at", nullable=True),
    )


def _logins() -> None:
    op.create_table(
        "logins",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("public_id", sa.String(22), nullable=False, unique=True),
        _number("person_id"),
        _text("device"),
        _time("created_at"),
        _time("last_seen_at"),
        _to("people", "person_id"),
    )
    op.create_table(
        "login_links",
        sa.Column("digest", sa.String(64), primary_key=True),
        _number("person_id"),
        _time("ends_at"),
        _time("used_at", nullable=True),
        _to("people", "person_id"),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), primary_key=True),
        _time("at"),
        _text("kind", 32),
        _number("person_id", nullable=True),
        _text("subject", 64),
        sa.Column("details", sa.JSON(), nullable=False),
        _to("people", "person_id"),
    )
    for table in ("logins", "login_links", "events"):
        _index(table, "person_id")
    _index("events", "kind", "subject", "at")


def _classes() -> None:
    op.create_table(
        "classes",
        *_id(),
        _number("owner_id"),
        _text("name"),
        sa.Column("code", sa.String(16), nullable=False, unique=True),
        _time("created_at"),
        _time("archived_at", nullable=True),
        _to("people", "owner_id"),
    )
    op.create_table(
        "enrolments",
        *_id(),
        _number("class_id"),
        _number("learner_id", nullable=True),
        _text("name"),
        _text("external_id"),
        sa.Column("shares_certainty", sa.Boolean(), nullable=False),
        _time("created_at"),
        *(_time(name, nullable=True) for name in ("joined_at", "since_at", "left_at")),
        _to("classes", "class_id"),
        _to("learners", "learner_id"),
        sa.UniqueConstraint("class_id", "learner_id"),
    )
    op.create_table(
        "assignments",
        *_id(),
        _number("class_id"),
        _text("title"),
        _text("pack_id", 63),
        sa.Column("topic_ids", sa.JSON(), nullable=False),
        _time("opens_at", nullable=True),
        _time("due_at", nullable=True),
        _time("created_at"),
        _to("classes", "class_id"),
    )
    _index("classes", "owner_id")
    _index("enrolments", "learner_id")
    _index("assignments", "class_id")


def _reports() -> None:
    op.create_table(
        "reports",
        *_id(),
        _number("learner_id", nullable=True),
        _text("pack_id", 63),
        _text("question_id", 63),
        _number("v"),
        _text("rev", 12),
        sa.Column("answered", sa.Boolean(), nullable=False),
        _text("text"),
        _time("created_at"),
        _text("outcome", 16),
        _text("fixed_rev", 12, nullable=True),
        _time("closed_at", nullable=True),
        _number("closed_by", nullable=True),
        _to("learners", "learner_id"),
        _to("people", "closed_by"),
    )
    _index("reports", "learner_id")
    _index("reports", "pack_id", "question_id")
