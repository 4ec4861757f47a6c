"""What comes back to an author: how learners do at a question, and what they say is wrong with it.

Always of what is published. The files beside it may be further on, and then it is said so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from quiz.core.analysis import AnalysedQuestion, Analysis
from quiz.core.items import QuestionStatistics
from quiz.core.questions import Question

COUNTING = "the answers are being counted"
NOT_COUNTED = "it is withdrawn from scoring"
NOT_PUBLISHED = "it is not published: learners do not have it"
PACK_NOT_PUBLISHED = "the pack is not published: learners do not have it"


@dataclass(frozen=True, slots=True)
class Said:
    """A learner's report that waits for an author, and the revision it was said of."""

    text: str
    rev: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard of one published question, which has this `v` and `rev`.

    `analysed` is None where there are no numbers; `gap` says why, and is "" where there are some.
    `reports` are those that wait, the oldest first.
    """

    v: int
    rev: str
    analysed: AnalysedQuestion | None
    gap: str
    reports: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A question of a file, with its `v` and `rev` there, beside what was heard of it.

    `heard` is None where it is not published.
    """

    v: int
    rev: str
    heard: Heard | None

    @property
    def numbers(self) -> QuestionStatistics | None:
        """Its numbers, those of the published `v`; None where `gap` says why."""
        return self.heard.analysed.numbers if self.heard and self.heard.analysed else None

    @property
    def gap(self) -> str:
        """Why it has no numbers, "" where it has."""
        return self.heard.gap if self.heard else NOT_PUBLISHED

    @property
    def flags(self) -> tuple[str, ...]:
        """What the numbers warn of."""
        return self.numbers.flags if self.numbers else ()

    @property
    def dead_distractors(self) -> tuple[str, ...]:
        """The texts, in Markdown, of wrong options that hardly anybody chooses, as published."""
        found = self.heard.analysed if self.heard else None
        return tuple(
            option.numbers.choice.text
            for revision in (found.revisions[:1] if found else ())
            for option in revision.options
            if "dead-distractor" in option.numbers.flags
        )

    @property
    def reports(self) -> tuple[Said, ...]:
        """What waits to be read."""
        return self.heard.reports if self.heard else ()

    @property
    def wants_a_look(self) -> bool:
        """Whether something is flagged or a report waits."""
        return bool(self.flags or self.reports)

    @property
    def difference(self) -> str:
        """How it differs from what is published, "" where it does not or nothing is."""
        if self.heard and self.heard.v != self.v:
            was = self.heard.v
            return f"published as v {was}, here it is v {self.v}: the numbers are of v {was}"
        if self.heard and self.heard.rev != self.rev:
            return "published in another wording: the numbers are of what is published"
        return ""


@dataclass(frozen=True, slots=True)
class PackHeard:
    """What was heard of a published pack. `names` has the present id of every id ever used.

    `analysis` is what the numbers are from, None while the first ones are counted; `counting` says
    that newer ones are on their way.
    """

    analysis: Analysis | None
    counting: bool
    names: Mapping[str, str]
    questions: Mapping[str, Heard]


def beside(pack: PackHeard | None, question: Question, rev: str) -> Beside:
    """Return a question of a file, of this revision, beside what was heard of it.

    `pack` is None for one that is not published. A question whose new id is not published yet is
    known by its former one.
    """
    names = pack.names if pack else {}
    present = next((names[id] for id in (question.id, question.was) if id in names), "")
    return Beside(question.v, rev, pack.questions.get(present) if pack else None)
