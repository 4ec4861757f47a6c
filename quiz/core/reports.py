"""What learners say is wrong with a question, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quiz.core.questions import Commentary, Wording

MOST_WAITING = 20
"""Reports of one learner that may wait at a time."""
OUTCOMES = ("fixed", "kept")


@dataclass(frozen=True, slots=True)
class Report:
    """A report beside the wording it was said of.

    `present_id` and `present_rev` are the question's now, None where it is not asked any more.
    `outcome` is "" while it waits, then one of OUTCOMES; `fixed_rev`, `closed_at` and `closed_by`,
    a name, belong to that.
    """

    public_id: str
    pack_id: str
    pack_title: str
    question_id: str
    present_id: str | None
    rev: str
    present_rev: str | None
    wording: Wording
    commentary: Commentary
    answered: bool
    text: str
    created_at: datetime
    outcome: str
    fixed_rev: str | None
    closed_at: datetime | None
    closed_by: str | None

    @property
    def changed(self) -> bool:
        """Whether what is asked or how it is graded is another since then."""
        return self.present_rev is not None and self.present_rev != self.rev


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a report, for the learner who sent it. `title` is that of the question.

    `outcome` is one of OUTCOMES; `reworded` says that the question was fixed in a new wording.
    """

    title: str
    text: str
    outcome: str
    reworded: bool
    closed_at: datetime


@dataclass(frozen=True, slots=True)
class Reporting:
    """How the form for a report stands on a card: sent, or refused with an `error`."""

    sent: bool = False
    text: str = ""
    error: str = ""
