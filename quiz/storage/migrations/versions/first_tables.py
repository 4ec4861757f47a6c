"""The first tables."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _content()
    _pictures()
    _questions()
    _learners()
    _rounds()
    _attempts()
    _derived()


def _id(name: str, *, primary_key: bool = False, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(63), primary_key=primary_key, nullable=nullable)


def _time(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    # MariaDB keeps whole seconds unless it is told otherwise.
    kind = sa.DateTime().with_variant(mysql.DATETIME(fsp=6), "mysql", "mariadb")
    return sa.Column(name, kind, nullable=nullable)


def _number(name: str, *, primary_key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), primary_key=primary_key, nullable=False)


def _text(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=False)


def _long(name: str) -> sa.Column[str]:
    kind = sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")
    return sa.Column(name, kind, nullable=False)


def _json(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.JSON(none_as_null=nullable), nullable=nullable)


def _in_pack() -> tuple[sa.Column[str], sa.Column[str], sa.ForeignKeyConstraint]:
    pack = sa.ForeignKeyConstraint(["pack_id"], ["packs.id"])
    return _id("pack_id", primary_key=True), _id("id", primary_key=True), pack


def _end() -> tuple[sa.Column[datetime], sa.Column[str]]:
    return _time("retired_at", nullable=True), _id("renamed_to", nullable=True)


def _pictures() -> None:
    data = sa.LargeBinary().with_variant(mysql.MEDIUMBLOB(), "mysql", "mariadb")
    op.create_table(
        "pictures",
        _id("pack_id", primary_key=True),
        sa.Column("path", sa.String(255), primary_key=True, nullable=False),
        _text("media_type", 32),
        sa.Column("data", data, nullable=False),
        sa.ForeignKeyConstraint(["pack_id"], ["packs.id"]),
    )


def _content() -> None:
    op.create_table(
        "packs",
        _id("id", primary_key=True),
        _text("title"),
        _text("description"),
        _json("authors"),
        _text("license"),
        _text("language", 35),
        _text("version"),
        _text("content_hash", 64),
        _time("published_at"),
    )
    op.create_table(
        "topics", *_in_pack(), _number("position"), _text("title"), _long("notes"), *_end()
    )
    op.create_table(
        "objectives",
        *_in_pack(),
        _id("topic_id"),
        _number("position"),
        _text("sentence"),
        *_end(),
    )
    op.create_table("misconceptions", *_in_pack(), _text("sentence"), *_end())


def _questions() -> None:
    op.create_table(
        "questions",
        *_in_pack(),
        _id("topic_id"),
        _id("objective_id"),
        _number("position"),
        _text("rev", 12),
        _number("v"),
        _text("level", 16),
        _json("tags"),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("shuffle", sa.Boolean(), nullable=False),
        _json("commentary"),
        _text("commentary_hash", 12),
        *_end(),
    )
    op.create_index("ix_questions_pack_id_renamed_to", "questions", ["pack_id", "renamed_to"])
    op.create_table(
        "revisions",
        _id("pack_id", primary_key=True),
        _id("question_id", primary_key=True),
        sa.Column("rev", sa.String(12), primary_key=True),
        _text("kind", 32),
        _json("wording"),
        _time("published_at"),
        sa.ForeignKeyConstraint(["pack_id", "question_id"], ["questions.pack_id", "questions.id"]),
    )


def _learners() -> None:
    op.create_table(
        "learners",
        _number("id", primary_key=True),
        sa.Column("public_id", sa.String(22), nullable=False, unique=True),
        _text("name"),
        _time("created_at"),
    )
    op.create_table(
        "learner_tokens",
        sa.Column("digest", sa.String(64), primary_key=True),
        _number("learner_id"),
        _time("created_at"),
        _time("last_seen_at"),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"]),
    )
    op.create_index("ix_learner_tokens_learner_id", "learner_tokens", ["learner_id"])


def _rounds() -> None:
    op.create_table(
        "rounds",
        _number("id", primary_key=True),
        sa.Column("public_id", sa.String(22), nullable=False, unique=True),
        _number("learner_id"),
        _id("pack_id"),
        _id("topic_id", nullable=True),
        _text("mode", 16),
        _text("secret", 64),
        _number("size"),
        _time("started_at"),
        _time("finished_at", nullable=True),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"]),
    )
    op.create_index("ix_rounds_learner_id", "rounds", ["learner_id"])
    op.create_table(
        "round_cards",
        _number("round_id", primary_key=True),
        _number("position", primary_key=True),
        _id("pack_id"),
        _id("question_id"),
        _number("v"),
        _text("rev", 12),
        _time("shown_at", nullable=True),
        _number("hints"),
        _json("draft", nullable=True),
        _time("revealed_at", nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"]),
    )


def _attempts() -> None:
    op.create_table(
        "attempts",
        _number("id", primary_key=True),
        _number("round_id"),
        _number("position"),
        _number("learner_id"),
        *(_id(name) for name in ("pack_id", "topic_id", "objective_id", "question_id")),
        _number("v"),
        _text("rev", 12),
        _text("mode", 16),
        _json("response", nullable=True),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=False),
        _json("misconceptions"),
        _number("hints"),
        sa.Column("certainty", sa.String(8), nullable=True),
        _time("shown_at", nullable=True),
        _time("answered_at"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"]),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"]),
        sa.UniqueConstraint("round_id", "position"),
    )
    op.create_index("ix_attempts_answered_at_id", "attempts", ["answered_at", "id"])
    op.create_index(
        "ix_attempts_learner_id_pack_id_question_id_id",
        "attempts",
        ["learner_id", "pack_id", "question_id", "id"],
    )


def _derived() -> None:
    op.create_table(
        "memories",
        *(_number("learner_id", primary_key=True), _id("pack_id", primary_key=True)),
        _id("objective_id", primary_key=True),
        sa.Column("stability_days", sa.Double(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        _time("reviewed_at"),
        _time("due_at"),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"]),
    )
    op.create_index("ix_memories_learner_id_due_at", "memories", ["learner_id", "due_at"])
    op.create_table(
        "topic_progress",
        *(_number("learner_id", primary_key=True), _id("pack_id", primary_key=True)),
        _id("topic_id", primary_key=True),
        *(_number(name) for name in ("answered", "right", "tried", "first_try_right")),
        _time("last_at"),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"]),
    )
