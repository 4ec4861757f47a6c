"""What comes back to an author: how learners do at a question, and what they say is wrong with it.

Always of what is published. The files beside it may be further on, and then it is said so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from quiz.core.analysis import AnalysedQuestion, Analysis

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
    """What was heard of one question. `v` and `rev` are the published ones.

    `analysed` is None where there are no numbers; `gap` says why, and is "" where there are some.
    `reports` are those that wait, the oldest first.
    """

    v: int
    rev: str
    analysed: AnalysedQuestion | None
    gap: str
    reports: tuple[Said, ...]

    @property
    def flags(self) -> tuple[str, ...]:
        """What the numbers warn of."""
        return self.analysed.numbers.flags if self.analysed else ()

    @property
    def dead_distractors(self) -> tuple[str, ...]:
        """The texts, in Markdown, of wrong options that hardly anybody chooses, as published."""
        present = self.analysed.revisions[:1] if self.analysed else ()
        return tuple(
            option.numbers.choice.text
            for revision in present
            for option in revision.options
            if "dead-distractor" in option.numbers.flags
        )

    @property
    def wants_a_look(self) -> bool:
        """Whether something is flagged or a report waits."""
        return bool(self.flags or self.reports)

    def difference(self, v: int, rev: str) -> str:
        """Return how a question of a file differs from the published one, "" where it does not."""
        if v != self.v:
            return f"published as v {self.v}, here it is v {v}: the numbers are of v {self.v}"
        if rev != self.rev:
            return "published in another wording, which the options are of"
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

    def question(self, ids: Iterable[str]) -> Heard | None:
        """Return what was heard under the first of the ids that is known, None for an unasked one.

        A file may have given a question another id since: then the former one is known.
        """
        known = next((self.names[id] for id in ids if id in self.names), "")
        return self.questions.get(known)
