"""What the pages show: plain values, made by practice, read by templates. Text is Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from quiz.core.assignments import Work
from quiz.core.kinds import Remark
from quiz.core.proofs import Proof
from quiz.core.reports import Reply
from quiz.core.rounds import Round


@dataclass(frozen=True, slots=True)
class Counts:
    """Progress in a topic or a pack, in questions: 0 <= first_try_right <= tried <= questions.

    `due` counts objectives that want a review now.
    """

    questions: int
    tried: int
    first_try_right: int
    due: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.questions + other.questions,
            self.tried + other.tried,
            self.first_try_right + other.first_try_right,
            self.due + other.due,
        )


@dataclass(frozen=True, slots=True)
class Resume:
    """An unfinished round: `position` is its first unanswered card."""

    round: Round
    position: int


@dataclass(frozen=True, slots=True)
class PackLine:
    """A pack in a list; `description` is the first paragraph of it."""

    id: str
    title: str
    description: str
    topics: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Home:
    """The first page."""

    packs: tuple[PackLine, ...]
    resume: Resume | None
    work: tuple[Work, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic in a list."""

    id: str
    title: str
    has_notes: bool
    counts: Counts


@dataclass(frozen=True, slots=True)
class PackPage:
    """A pack with its topics."""

    id: str
    title: str
    description: str
    authors: tuple[str, ...]
    license: str
    version: str
    topics: tuple[TopicLine, ...]
    counts: Counts
    resume: Resume | None


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """An objective; `state` is new, learning or strong, `due_at` None until it was practised."""

    sentence: str
    state: str
    due: bool
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question by its number in the topic.

    `outcome` is the last attempt's, "" before the first; `changed` says that its wording or
    grading is another since then.
    """

    number: int
    outcome: str
    changed: bool


@dataclass(frozen=True, slots=True)
class TopicPage:
    """A topic: what to read first, what to learn, what was asked."""

    pack_id: str
    pack_title: str
    id: str
    title: str
    notes: str
    objectives: tuple[ObjectiveLine, ...]
    questions: tuple[QuestionLine, ...]
    counts: Counts
    next_topic: tuple[str, str] | None
    """Id and title of the topic that follows, None for the last."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the answered card says.

    `outcome` is right, partial, wrong, unknown, self_graded or uncounted (the question was
    withdrawn from scoring); `score` runs from 0.0 to 1.0; `review` is the kind's own view,
    `remarks` are those of all its parts; `beliefs` are sentences of the misconceptions shown;
    `proof` is what running has shown of the wording that was answered.
    """

    outcome: str
    score: float
    title: str
    review: object
    remarks: Mapping[str, Remark]
    beliefs: tuple[str, ...]
    explanation: str
    source: str
    hints: int
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class CardPage:
    """A card: `state` is asking, revealed (a model answer to grade against) or answered.

    `view` is the kind's own view, `review` its answered state while `revealed`, else None.
    `marks` holds the outcome of each position, "" where it is unanswered.
    """

    round: Round
    position: int
    kind: str
    state: str
    stem: str
    shared: str
    view: object
    review: object
    hints: tuple[str, ...]
    hints_left: int
    error: str
    verdict: Verdict | None
    marks: tuple[str, ...]
    next_position: int | None
    """The first unanswered position after this one, else before it; None when none is left."""


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A question of a finished round; `position` leads back to it, `title` is Markdown."""

    position: int
    title: str
    outcome: str
    missed: bool
    hints: int
    beliefs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The end of a round: `lines` holds the answered cards, `objectives` those they touched.

    `to_redo` counts the questions missed that are still asked.
    """

    round: Round
    topic_title: str
    lines: tuple[SummaryLine, ...]
    to_redo: int
    objectives: tuple[ObjectiveLine, ...]
    next_position: int | None
    """The first unanswered position, None when all are answered."""

    @property
    def answered(self) -> int:
        return len(self.lines)

    @property
    def counted(self) -> tuple[SummaryLine, ...]:
        """The answers to all questions but those withdrawn from scoring."""
        return tuple(line for line in self.lines if line.outcome != "uncounted")

    @property
    def right(self) -> int:
        """How many were right without help."""
        return sum(not line.missed and not line.hints for line in self.counted)

    @property
    def helped(self) -> int:
        """How many were right after a hint."""
        return sum(not line.missed and line.hints > 0 for line in self.counted)

    @property
    def missed(self) -> tuple[SummaryLine, ...]:
        """The answers that were not right, and count."""
        return tuple(line for line in self.lines if line.missed)


@dataclass(frozen=True, slots=True)
class PackProgress:
    """A pack on the progress page."""

    id: str
    title: str
    topics: tuple[TopicLine, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Progress:
    """All packs a learner has met; `next_due_at` is None when nothing was practised.

    `replies` say what became of reports of theirs, the latest first.
    """

    packs: tuple[PackProgress, ...]
    due: int
    next_due_at: datetime | None
    answers: int
    replies: tuple[Reply, ...] = ()
