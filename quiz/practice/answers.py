"""Answering a card: the only place that reads and grades what a learner gave."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from quiz.core.attempts import Attempt
from quiz.core.errors import AnswerError
from quiz.core.kinds import JSON, Form, Pending
from quiz.core.views import CardPage
from quiz.practice.cards import Dealt, answered, deal, page_of
from quiz.practice.desk import Desk
from quiz.storage import rounds


async def answer(
    desk: Desk, digest: str, round_id: str, position: int, form: Form, *, now: datetime
) -> CardPage:
    """Take an answer and return the page that follows: the verdict, or the same card again.

    A card that was answered before shows the verdict it got then, whatever comes in now. What
    cannot be read comes back with `error`, what is not an answer yet without; neither is recorded.
    Raises NotFoundError.
    """
    async with desk.database.reading() as session:
        dealt = await deal(desk, session, digest, round_id, position)
    if dealt.card.attempt:
        return page_of(dealt)
    try:
        response = read(dealt, form)
    except AnswerError as error:
        return page_of(dealt, _with_draft(dealt, form), str(error))
    if isinstance(response, Pending):
        return await _show_again(desk, dealt, response, now=now)
    stored = await desk.recorder.record(graded(dealt, response, now=now))
    return page_of(answered(dealt, stored))


async def open_hint(desk: Desk, digest: str, round_id: str, position: int, form: Form) -> CardPage:
    """Open the next hint of a card, keep what was typed, and return the page.

    Raises NotFoundError. Past the last hint, or once the card is answered, nothing changes.
    """
    async with desk.database.reading() as session:
        dealt = await deal(desk, session, digest, round_id, position)
    card = dealt.card
    if card.attempt or card.revealed_at or card.hints >= len(dealt.commentary.hints):
        return page_of(dealt)
    async with desk.database.writing.begin() as session:
        await rounds.open_hint(session, card, hints=card.hints + 1, draft=form)
    return page_of(replace(dealt, card=replace(card, hints=card.hints + 1, draft=form)))


def read(dealt: Dealt, form: Form) -> JSON | Pending:
    """Return the response in a form, None for "I don't know". Raises AnswerError."""
    if form.get("unknown"):
        return None
    body, card = dealt.wording.body, dealt.card
    for name, values in form.items():
        if len(values) > 1 and name not in body.many:
            raise AnswerError(f"The field '{name}' came {len(values)} times. Send it once.")
    response = body.read(_with_draft(dealt, form), card.seed)
    if body.self_graded and not card.revealed_at:
        return response if isinstance(response, Pending) else Pending(form, reveal=True)
    return response


def _with_draft(dealt: Dealt, form: Form) -> Form:
    """Return what was posted, with the words kept when the model answer was opened."""
    card = dealt.card
    return {**(card.draft or {}), **form} if card.revealed_at else form


async def _show_again(desk: Desk, dealt: Dealt, pending: Pending, *, now: datetime) -> CardPage:
    card = dealt.card
    if pending.reveal and not card.revealed_at:
        async with desk.database.writing.begin() as session:
            await rounds.reveal_answer(session, card, draft=pending.form, now=now)
        card = replace(card, draft=pending.form, revealed_at=now)
    return page_of(replace(dealt, card=card), pending.form)


def graded(dealt: Dealt, response: JSON, *, now: datetime) -> Attempt:
    """Return a response with its score and all it was given in, ready for the log."""
    card, wording = dealt.card, dealt.wording
    grade = wording.body.grade(response) if response is not None else None
    share = grade.score if grade else 0.0
    score = share if wording.score == "partial" else float(share == 1.0)
    counted = wording.score != "void"
    judged = grade is not None and counted and not wording.body.self_graded
    remarks = dealt.commentary.remarks
    named = (
        remarks[sign].misconception for sign in (grade.signs if grade else ()) if sign in remarks
    )
    return Attempt(
        round_id=card.round.id,
        position=card.position,
        learner_id=card.round.learner_id,
        pack_id=card.round.pack_id,
        topic_id=card.topic_id,
        objective_id=card.objective_id,
        question_id=card.question_id,
        v=card.v,
        rev=card.rev,
        mode=card.round.mode,
        response=response,
        score=score,
        correct=score == 1.0 if judged else None,
        misconceptions=tuple(dict.fromkeys(filter(None, named))),
        hints=card.hints,
        shown_at=card.shown_at,
        answered_at=now,
        counted=counted,
    )
