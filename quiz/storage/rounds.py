"""Rounds and their cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from quiz.core.attempts import outcome_of
from quiz.core.kinds import JSON, Form
from quiz.core.rounds import Marks, Round, RoundCard
from quiz.storage.attempts import COLUMNS as ATTEMPT
from quiz.storage.attempts import attempt_from
from quiz.storage.published import PackRow, QuestionRow
from quiz.storage.tables import AttemptRow, LearnerTokenRow, RoundCardRow, RoundRow


async def create_round(
    session: AsyncSession, found: Round, cards: Sequence[tuple[str, int, str]], *, now: datetime
) -> None:
    """Store a round (its `id` is ignored) with cards given as question id, v and rev.

    The first card counts as shown: the post that makes a round leads to it.
    """
    row = RoundRow(
        public_id=found.public_id,
        learner_id=found.learner_id,
        pack_id=found.pack_id,
        topic_id=found.topic_id,
        mode=found.mode,
        secret=found.secret,
        size=found.size,
        started_at=found.started_at,
    )
    session.add(row)
    await session.flush()
    rows = [
        {
            "round_id": row.id,
            "position": position,
            "pack_id": found.pack_id,
            "question_id": question_id,
            "v": v,
            "rev": rev,
            "hints": 0,
            "shown_at": now if position == 1 else None,
        }
        for position, (question_id, v, rev) in enumerate(cards, 1)
    ]
    await session.execute(insert(RoundCardRow), rows)


TITLE = "pack_title"

# Columns, not entities: all cards of a round are read for every card that is shown.
_ROUND = {
    **{field.name: getattr(RoundRow, field.name) for field in fields(Round) if field.name != TITLE},
    TITLE: PackRow.title,
}
_CARD = {
    "position": RoundCardRow.position,
    "topic_id": QuestionRow.topic_id,
    "objective_id": QuestionRow.objective_id,
    "question_id": RoundCardRow.question_id,
    "v": RoundCardRow.v,
    "rev": RoundCardRow.rev,
    "shuffle": QuestionRow.shuffle,
    "commentary_hash": QuestionRow.commentary_hash,
    "shown_at": RoundCardRow.shown_at,
    "hints": RoundCardRow.hints,
    "draft": RoundCardRow.draft,
    "revealed_at": RoundCardRow.revealed_at,
}


def _cards() -> Select[Any]:
    """Select cards of the `round` with their attempts, where its learner holds the `digest`."""
    return (
        select(*_ROUND.values(), *_CARD.values(), *ATTEMPT.values())
        .select_from(RoundRow)
        .join(LearnerTokenRow, LearnerTokenRow.learner_id == RoundRow.learner_id)
        .join(PackRow, PackRow.id == RoundRow.pack_id)
        .join(RoundCardRow, RoundCardRow.round_id == RoundRow.id)
        .join(
            QuestionRow,
            and_(
                QuestionRow.pack_id == RoundCardRow.pack_id,
                QuestionRow.id == RoundCardRow.question_id,
            ),
        )
        .outerjoin(
            AttemptRow,
            and_(
                AttemptRow.round_id == RoundCardRow.round_id,
                AttemptRow.position == RoundCardRow.position,
            ),
        )
        .where(RoundRow.public_id == bindparam("round"))
        .where(LearnerTokenRow.digest == bindparam("digest"))
    )


# To build a statement takes as long as to run it, so each is built once.
_walk = cache(lambda: _cards().order_by(RoundCardRow.position))


@cache
def _one() -> Select[Any]:
    """Select the card at a `position`, and the facts of all attempts of its round in one text."""
    given = aliased(AttemptRow)
    flags = (
        given.counted.is_(True),
        given.response.is_not(None),
        given.correct.is_not(None),
        given.correct.is_(True),
        given.score > 0,
    )
    fact: ColumnElement[str] = cast(given.position, String)
    for flag in flags:
        fact = fact + case((flag, ":1"), else_=":0")
    facts = select(func.aggregate_strings(fact, ",")).where(given.round_id == RoundRow.id)
    return (
        _cards()
        .add_columns(facts.correlate(RoundRow).scalar_subquery())
        .where(RoundCardRow.position == bindparam("position"))
    )


async def cards_of_round(
    session: AsyncSession, public_id: str, *, digest: str
) -> tuple[RoundCard, ...]:
    """Return the cards of a learner's round in order: none when it is nobody's or another's."""
    rows = (await session.execute(_walk(), {"round": public_id, "digest": digest})).all()
    return tuple(_card(_round(row), row[len(_ROUND) :]) for row in rows)


async def card_of_round(
    session: AsyncSession, public_id: str, position: int, *, digest: str
) -> tuple[RoundCard, Marks] | None:
    """Return one card of a learner's round and the marks of all; None where there is none."""
    wanted = {"round": public_id, "digest": digest, "position": position}
    row = (await session.execute(_one(), wanted)).one_or_none()
    if row is None:
        return None
    found = _round(row)
    return _card(found, row[len(_ROUND) : -1]), _marks(found.size, row[-1] or "")


async def latest_open_round(
    session: AsyncSession, *, digest: str, pack_id: str | None = None
) -> str | None:
    """Return the public id of the learner's latest round with an unanswered card, or None."""
    answered = (
        select(func.count())
        .select_from(AttemptRow)
        .where(AttemptRow.round_id == RoundRow.id)
        .scalar_subquery()
    )
    query = (
        select(RoundRow.public_id)
        .join(LearnerTokenRow, LearnerTokenRow.learner_id == RoundRow.learner_id)
        .where(LearnerTokenRow.digest == digest, RoundRow.finished_at.is_(None))
        .where(answered < RoundRow.size)
        .order_by(RoundRow.id.desc())
        .limit(1)
    )
    if pack_id is not None:
        query = query.where(RoundRow.pack_id == pack_id)
    return (await session.scalars(query)).one_or_none()


async def show_card(session: AsyncSession, card: RoundCard, *, now: datetime) -> None:
    """Note when a card was first shown."""
    await session.execute(_row_of(card).where(RoundCardRow.shown_at.is_(None)).values(shown_at=now))


async def finish_round(session: AsyncSession, round_id: int, *, now: datetime) -> None:
    """Note when a round was first finished."""
    await session.execute(
        update(RoundRow)
        .where(RoundRow.id == round_id, RoundRow.finished_at.is_(None))
        .values(finished_at=now)
    )


async def open_hint(session: AsyncSession, card: RoundCard, *, hints: int, draft: Form) -> None:
    """Keep how many hints are open, and what was typed before."""
    await session.execute(_row_of(card).values(hints=hints, draft=_plain(draft)))


async def reveal_answer(
    session: AsyncSession, card: RoundCard, *, draft: Form, now: datetime
) -> None:
    """Keep the learner's own words, and when the model answer was opened."""
    await session.execute(_row_of(card).values(draft=_plain(draft), revealed_at=now))


def _row_of(card: RoundCard) -> Any:
    return update(RoundCardRow).where(
        RoundCardRow.round_id == card.round.id, RoundCardRow.position == card.position
    )


def _plain(form: Form) -> JSON:
    return {name: list(values) for name, values in form.items()}


def _card(found: Round, values: Sequence[Any]) -> RoundCard:
    attempt = values[len(_CARD) :]
    return RoundCard(
        found,
        **dict(zip(_CARD, values, strict=False)),
        attempt=attempt_from(attempt) if attempt[0] is not None else None,
    )


def _round(row: Row[Any]) -> Round:
    return Round(**dict(zip(_ROUND, row, strict=False)))


def _marks(size: int, facts: str) -> Marks:
    outcomes = [""] * size
    for fact in filter(None, facts.split(",")):
        position, *flags = fact.split(":")
        counted, answered, judged, correct, worth = (flag == "1" for flag in flags)
        outcomes[int(position) - 1] = outcome_of(
            counted=counted, answered=answered, correct=correct if judged else None, worth=worth
        )
    return Marks(tuple(outcomes))
