"""The tables of learners, of what they did, and of what is derived from it.

Attempts refer to content without a foreign key: the log outlives every edit.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Double,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from quiz.storage.base import Base, Id


class LearnerRow(Base):
    """A learner; anonymous until named."""

    __tablename__ = "learners"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True)
    name: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class LearnerTokenRow(Base):
    """A cookie of a learner: only the SHA-256 of its value is kept."""

    __tablename__ = "learner_tokens"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]


class DeviceCodeRow(Base):
    """A code that lets another browser go on as a learner, once, until it ends.

    Only its SHA-256 is kept.
    """

    __tablename__ = "device_codes"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id"), index=True)
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RoundRow(Base):
    """A walk through a list of questions; `topic_id` is None for one through a whole pack.

    `origin` is the id that a round brought in from a file had where it was begun, None for one that
    was begun here.
    """

    __tablename__ = "rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id"), index=True)
    pack_id: Mapped[str] = mapped_column(Id)
    topic_id: Mapped[str | None] = mapped_column(Id)
    mode: Mapped[str] = mapped_column(String(16))
    secret: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    origin: Mapped[str | None] = mapped_column(String(22))


class RoundCardRow(Base):
    """A question at its place in a round; (round, position) guards that an answer counts once."""

    __tablename__ = "round_cards"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    pack_id: Mapped[str] = mapped_column(Id)
    question_id: Mapped[str] = mapped_column(Id)
    v: Mapped[int]
    rev: Mapped[str] = mapped_column(String(12))
    shown_at: Mapped[datetime | None]
    hints: Mapped[int]
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    revealed_at: Mapped[datetime | None]


class AttemptRow(Base):
    """One answered try, for ever. `response` is None after "I don't know"."""

    __tablename__ = "attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    position: Mapped[int]
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id"))
    pack_id: Mapped[str] = mapped_column(Id)
    topic_id: Mapped[str] = mapped_column(Id)
    objective_id: Mapped[str] = mapped_column(Id)
    question_id: Mapped[str] = mapped_column(Id)
    v: Mapped[int]
    rev: Mapped[str] = mapped_column(String(12))
    mode: Mapped[str] = mapped_column(String(16))
    response: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    score: Mapped[float] = mapped_column(Double)
    correct: Mapped[bool | None]
    counted: Mapped[bool]
    misconceptions: Mapped[list[str]]
    hints: Mapped[int]
    certainty: Mapped[str | None] = mapped_column(String(8))
    shown_at: Mapped[datetime | None]
    answered_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("round_id", "position"),
        Index(None, "learner_id", "pack_id", "question_id", "id"),
        Index(None, "answered_at", "id"),
    )


class MemoryRow(Base):
    """What we believe is remembered of an objective (FSRS-6); rebuilt from the log at will."""

    __tablename__ = "memories"

    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id"), primary_key=True)
    pack_id: Mapped[str] = mapped_column(Id, primary_key=True)
    objective_id: Mapped[str] = mapped_column(Id, primary_key=True)
    stability_days: Mapped[float] = mapped_column(Double)
    difficulty: Mapped[float] = mapped_column(Double)
    reviewed_at: Mapped[datetime]
    due_at: Mapped[datetime]

    __table_args__ = (Index(None, "learner_id", "due_at"),)


class TopicProgressRow(Base):
    """Counts of a learner in a topic; rebuilt from the log at will.

    `answered` counts attempts that happened there, `right` those worth 1.0; `tried` counts the
    questions it has now, `first_try_right` those whose first attempt ever was worth 1.0.
    """

    __tablename__ = "topic_progress"

    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id"), primary_key=True)
    pack_id: Mapped[str] = mapped_column(Id, primary_key=True)
    topic_id: Mapped[str] = mapped_column(Id, primary_key=True)
    answered: Mapped[int]
    right: Mapped[int]
    tried: Mapped[int]
    first_try_right: Mapped[int]
    last_at: Mapped[datetime]


class AnalysisRow(Base):
    """Statistics of a pack, kept until they are counted anew.

    `scope` says whose answers were counted, up to the id `through`; `stamp` is what else they rest
    on. `took_s` are the seconds that counting took.
    """

    __tablename__ = "analyses"

    scope: Mapped[str] = mapped_column(String(63), primary_key=True)
    pack_id: Mapped[str] = mapped_column(Id, primary_key=True)
    mode: Mapped[str] = mapped_column(String(16), primary_key=True)
    through: Mapped[int]
    stamp: Mapped[str] = mapped_column(String(160))
    computed_at: Mapped[datetime]
    took_s: Mapped[float] = mapped_column(Double)
    numbers: Mapped[dict[str, Any]]
