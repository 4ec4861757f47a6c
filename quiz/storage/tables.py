"""Every table. Published content, then learners and what they did, then what is derived from it.

Keys of content are its authors' ids; an id that was renamed keeps its row. Attempts refer to
content without a foreign key: the log outlives every edit.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from quiz.storage.base import Base

Id = String(63)  # an author's id


class PackRow(Base):
    __tablename__ = "packs"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    authors: Mapped[list[str]]
    license: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(35))
    version: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]


class TopicRow(Base):
    __tablename__ = "topics"

    pack_id: Mapped[str] = mapped_column(ForeignKey("packs.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    notes: Mapped[str] = mapped_column(Text)
    retired_at: Mapped[datetime | None]
    renamed_to: Mapped[str | None] = mapped_column(Id)


class ObjectiveRow(Base):
    __tablename__ = "objectives"

    pack_id: Mapped[str] = mapped_column(ForeignKey("packs.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    topic_id: Mapped[str] = mapped_column(Id)
    position: Mapped[int]
    sentence: Mapped[str] = mapped_column(Text)
    retired_at: Mapped[datetime | None]
    renamed_to: Mapped[str | None] = mapped_column(Id)


class MisconceptionRow(Base):
    __tablename__ = "misconceptions"

    pack_id: Mapped[str] = mapped_column(ForeignKey("packs.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    sentence: Mapped[str] = mapped_column(Text)
    retired_at: Mapped[datetime | None]
    renamed_to: Mapped[str | None] = mapped_column(Id)


class QuestionRow(Base):
    """A question as it is now; `commentary` may be mended, `rev` names its present wording."""

    __tablename__ = "questions"

    pack_id: Mapped[str] = mapped_column(ForeignKey("packs.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    topic_id: Mapped[str] = mapped_column(Id)
    objective_id: Mapped[str] = mapped_column(Id)
    position: Mapped[int]
    rev: Mapped[str] = mapped_column(String(12))
    v: Mapped[int]
    level: Mapped[str] = mapped_column(String(16))
    tags: Mapped[list[str]]
    points: Mapped[float] = mapped_column(Float)
    shuffle: Mapped[bool]
    commentary: Mapped[dict[str, Any]]
    commentary_hash: Mapped[str] = mapped_column(String(12))
    retired_at: Mapped[datetime | None]
    renamed_to: Mapped[str | None] = mapped_column(Id)

    __table_args__ = (Index(None, "pack_id", "renamed_to"),)


class RevisionRow(Base):
    """One immutable wording and grading."""

    __tablename__ = "revisions"

    pack_id: Mapped[str] = mapped_column(Id, primary_key=True)
    question_id: Mapped[str] = mapped_column(Id, primary_key=True)
    rev: Mapped[str] = mapped_column(String(12), primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    wording: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["pack_id", "question_id"], ["questions.pack_id", "questions.id"]),
    )


class PictureRow(Base):
    """A picture that texts of a pack show or showed, by its path in the pack."""

    __tablename__ = "pictures"

    pack_id: Mapped[str] = mapped_column(ForeignKey("packs.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(255), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(32))
    data: Mapped[bytes]


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


class RoundRow(Base):
    """A walk through a list of questions; `topic_id` is None for one through a whole pack."""

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
    score: Mapped[float]
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
    stability_days: Mapped[float]
    difficulty: Mapped[float]
    reviewed_at: Mapped[datetime]
    due_at: Mapped[datetime]

    __table_args__ = (Index(None, "learner_id", "due_at"),)


class TopicProgressRow(Base):
    """Counts of a learner in a topic; rebuilt from the log at will.

    `answered` counts attempts, `right` those worth 1.0; `tried` counts questions, and
    `first_try_right` those whose first attempt ever was worth 1.0.
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
