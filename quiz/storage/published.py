"""The tables of published content. Keys are its authors' ids; a renamed one keeps its row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from quiz.storage.base import Base, Id, LongText, Picture


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
    notes: Mapped[str] = mapped_column(LongText)
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
    points: Mapped[float] = mapped_column(Double)
    shuffle: Mapped[bool]
    commentary: Mapped[dict[str, Any]]
    commentary_hash: Mapped[str] = mapped_column(String(12))
    retired_at: Mapped[datetime | None]
    renamed_to: Mapped[str | None] = mapped_column(Id)

    __table_args__ = (Index(None, "pack_id", "renamed_to"),)


class RevisionRow(Base):
    """One immutable wording and grading; its `remarks` are None where they were not kept.

    `proof` is what running showed of it last, None where nothing was shown.
    """

    __tablename__ = "revisions"

    pack_id: Mapped[str] = mapped_column(Id, primary_key=True)
    question_id: Mapped[str] = mapped_column(Id, primary_key=True)
    rev: Mapped[str] = mapped_column(String(12), primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    wording: Mapped[dict[str, Any]]
    remarks: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    proof: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
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
    data: Mapped[bytes] = mapped_column(Picture)
