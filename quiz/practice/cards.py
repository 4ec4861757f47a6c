"""A card as it is shown: asking, revealed or answered."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.attempts import Attempt
from quiz.core.kinds import Form
from quiz.core.questions import Commentary, Wording
from quiz.core.rounds import Marks, RoundCard
from quiz.core.views import CardPage, Verdict
from quiz.practice.desk import Desk, open_card

NOTHING: Form = {}


@dataclass(frozen=True, slots=True)
class Dealt:
    """A card with its texts, in its round."""

    card: RoundCard
    marks: Marks
    wording: Wording
    commentary: Commentary


async def deal(desk: Desk, session: AsyncSession, digest: str, round_id: str, at: int) -> Dealt:
    """Return the card at a position of the learner's round. Raises NotFoundError."""
    card, marks = await open_card(session, digest, round_id, at)
    wording, commentary = await desk.library.texts(session, card)
    return Dealt(card, marks, wording, commentary)


def answered(dealt: Dealt, attempt: Attempt) -> Dealt:
    """Return the card with its answer."""
    marks = dealt.marks.with_outcome(dealt.card.position, attempt.outcome)
    return replace(dealt, card=replace(dealt.card, attempt=attempt), marks=marks)


async def card_page(desk: Desk, digest: str, round_id: str, position: int) -> CardPage:
    """Return the page of a card as it stands. Raises NotFoundError."""
    async with desk.database.reading() as session:
        dealt = await deal(desk, session, digest, round_id, position)
    return page_of(dealt)


def page_of(dealt: Dealt, typed: Form | None = None, error: str = "") -> CardPage:
    """Return the page of a dealt card; `typed` is rendered back, else the draft that was kept."""
    card, wording = dealt.card, dealt.wording
    attempt = card.attempt
    revealed = card.revealed_at is not None
    form = typed if typed is not None else card.draft or NOTHING
    hints = dealt.commentary.hints
    return CardPage(
        round=card.round,
        position=card.position,
        kind=wording.body.name,
        state="answered" if attempt else "revealed" if revealed else "asking",
        stem=wording.stem,
        shared=wording.shared,
        view=None if attempt else wording.body.ask(card.seed, form),
        review=wording.body.review(card.seed, None) if revealed and not attempt else None,
        hints=() if attempt else hints[: card.hints],
        hints_left=max(0, len(hints) - card.hints),
        error=error,
        verdict=_verdict(dealt, attempt) if attempt else None,
        marks=dealt.marks.outcomes,
        next_position=dealt.marks.next_after(card.position),
    )


def _verdict(dealt: Dealt, attempt: Attempt) -> Verdict:
    """Return what an answered card says: all of it is fetched only once there is an attempt."""
    commentary, body = dealt.commentary, dealt.wording.body
    return Verdict(
        outcome=attempt.outcome,
        score=attempt.score,
        title=commentary.title,
        review=body.review(dealt.card.seed, attempt.response),
        remarks=commentary.remarks,
        beliefs=beliefs_of(commentary, attempt.misconceptions),
        explanation=commentary.explanation,
        source=commentary.source,
        proof=commentary.proof,
        hints=attempt.hints,
    )


def beliefs_of(commentary: Commentary, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sentences of misconceptions that are still declared, in order."""
    return tuple(commentary.beliefs[id] for id in ids if id in commentary.beliefs)
