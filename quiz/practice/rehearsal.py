"""A question as learners will meet it, before it is published: no database and no learner."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from quiz.core.errors import AnswerError
from quiz.core.kinds import Form, Pending
from quiz.core.questions import Question
from quiz.core.rounds import Marks, Round, RoundCard
from quiz.core.views import CardPage
from quiz.practice.answers import graded, read
from quiz.practice.cards import Dealt, answered, page_of

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of what has not happened."""

SECRET = hashlib.sha256(b"rehearsal").hexdigest()
"""The secret of a round that nobody walks: options keep their order from one look to the next."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The card that asks, with every hint open, and the card after a right and a wrong answer.

    An answered card is None where the question, being broken, cannot be answered in that way.
    """

    asked: CardPage
    right: CardPage | None
    wrong: CardPage | None


def rehearse(question: Question) -> Rehearsal:
    """Return a question's card before and after its own sample answers."""
    dealt = _dealt(question)
    opened = replace(dealt.card, hints=len(question.commentary.hints))
    samples = question.wording.body.samples(dealt.card.seed)
    return Rehearsal(
        asked=page_of(replace(dealt, card=opened)),
        right=_answered(dealt, samples.right),
        wrong=_answered(dealt, samples.wrong),
    )


def _answered(dealt: Dealt, form: Form) -> CardPage | None:
    # What is graded by its learner is answered once the model answer is open.
    self_graded = dealt.wording.body.self_graded
    card = replace(dealt.card, draft=form, revealed_at=NEVER) if self_graded else dealt.card
    try:
        response = read(replace(dealt, card=card), form)
    except AnswerError:
        return None
    if isinstance(response, Pending):
        return None
    return page_of(answered(dealt, graded(dealt, response, now=NEVER)))


def _dealt(question: Question) -> Dealt:
    found = Round(
        id=0,
        public_id="",
        learner_id=0,
        pack_id="",
        pack_title="",
        topic_id=None,
        mode="practice",
        secret=SECRET,
        size=1,
        started_at=NEVER,
        finished_at=None,
    )
    card = RoundCard(
        round=found,
        position=1,
        topic_id="",
        objective_id=question.objective,
        question_id=question.id,
        v=question.v,
        rev="",
        shuffle=question.shuffle,
        commentary_hash="",
        shown_at=None,
        hints=0,
        draft=None,
        revealed_at=None,
        attempt=None,
    )
    return Dealt(card, Marks(("",)), question.wording, question.commentary)
