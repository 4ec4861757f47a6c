"""The tables of people who sign in, of classes, and of what is said to authors.

No relationship is ever loaded in passing: who wants the rows beside a row asks for them with
`selectinload` or `joinedload`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quiz.storage.base import Base, Id
from quiz.storage.tables import LearnerRow


class PersonRow(Base):
    """Somebody who may sign in. `name_key` is the name as it is compared.

    `password` is an Argon2id hash with its parameters; None for who has none yet. `totp_secret` is
    None without a second factor, `totp_step` the last 30-second step whose code was used,
    `recovery` the SHA-256 of codes not used yet. `ended_at` shuts a person out.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True)
    name: Mapped[str] = mapped_column(String(63))
    name_key: Mapped[str] = mapped_column(String(63), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    password: Mapped[str | None] = mapped_column(String(255))
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_step: Mapped[int | None]
    recovery: Mapped[list[str]]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class LoginRow(Base):
    """A sign-in that lasts: only the SHA-256 of its cookie is kept. `device` is for people."""

    __tablename__ = "logins"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    device: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]


class LoginLinkRow(Base):
    """A link that signs in once, until it ends: only the SHA-256 of its token is kept."""

    __tablename__ = "login_links"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class EventRow(Base):
    """What must be traceable later: sign-ins, refusals, exports, changes of roles.

    `person_id` is None where nobody had signed in; `details` never holds a secret or an answer.
    """

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(32))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    subject: Mapped[str] = mapped_column(String(64))
    details: Mapped[dict[str, Any]]

    __table_args__ = (Index(None, "kind", "subject", "at"),)


class ClassRow(Base):
    """A class of one instructor. Who has the `code` may join."""

    __tablename__ = "classes"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]

    owner: Mapped[PersonRow] = relationship(lazy="raise", viewonly=True)
    enrolments: Mapped[list[EnrolmentRow]] = relationship(
        lazy="raise", order_by="EnrolmentRow.id", viewonly=True
    )
    assignments: Mapped[list[AssignmentRow]] = relationship(
        lazy="raise", order_by="AssignmentRow.id", viewonly=True
    )


class EnrolmentRow(Base):
    """A learner in a class under the name the instructor sees, or a line of a roster.

    `learner_id` and `joined_at` are None until somebody comes for the line. The class sees what was
    answered from `since_at` on and before `left_at`; `since_at` is earlier than `joined_at` where
    the learner shared what there was before. `external_id` is "" without one.
    """

    __tablename__ = "enrolments"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id"))
    learner_id: Mapped[int | None] = mapped_column(ForeignKey("learners.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    external_id: Mapped[str] = mapped_column(Text)
    shares_certainty: Mapped[bool]
    created_at: Mapped[datetime]
    joined_at: Mapped[datetime | None]
    since_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    learner: Mapped[LearnerRow | None] = relationship(lazy="raise", viewonly=True)

    __table_args__ = (UniqueConstraint("class_id", "learner_id"),)


class AssignmentRow(Base):
    """Work for a class: a pack, or the topics named. Times are None where there is no limit."""

    __tablename__ = "assignments"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    pack_id: Mapped[str] = mapped_column(Id)
    topic_ids: Mapped[list[str]]
    opens_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class ReportRow(Base):
    """What a learner says is wrong with a question, kept with the wording it was said of.

    `outcome` is "" while it waits, then `fixed` (in the revision `fixed_rev`) or `kept`.
    """

    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True)
    learner_id: Mapped[int | None] = mapped_column(ForeignKey("learners.id"), index=True)
    pack_id: Mapped[str] = mapped_column(Id)
    question_id: Mapped[str] = mapped_column(Id)
    v: Mapped[int]
    rev: Mapped[str] = mapped_column(String(12))
    answered: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(16))
    fixed_rev: Mapped[str | None] = mapped_column(String(12))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    __table_args__ = (Index(None, "pack_id", "question_id"),)
