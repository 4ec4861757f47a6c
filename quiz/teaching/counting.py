"""Counting what first tries say of a pack, in steps after which others have their turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.analysis import MODES, Analysis, Answered, Offer, analyse
from quiz.core.choices import Choosing
from quiz.core.errors import NotFoundError
from quiz.core.questions import Commentary, Wording
from quiz.kinds import kinds
from quiz.storage import catalog
from quiz.storage.analyses import Kept, keep_analysis
from quiz.storage.engine import Database
from quiz.storage.library import Library
from quiz.storage.log import last_id
from quiz.storage.published import QuestionRow
from quiz.storage.scopes import Scope, stamp_of
from quiz.storage.tries import asked_questions, names_of_questions, tries_of
from quiz.teaching.first_tries import Column, FirstTries

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class State:
    """What an analysis rests on: the id of the last answer, and a text for all else."""

    through: int
    stamp: str


async def state_of(session: AsyncSession, scope: Scope, pack_id: str) -> State:
    """Return what an analysis of now would rest on. Raises NotFoundError for an unknown pack."""
    pack = await catalog.pack(session, pack_id)
    if pack is None:
        known = ", ".join(row.id for row in await catalog.packs(session)) or "none yet"
        raise NotFoundError(
            f"No pack '{pack_id}' is published. Those that are: {known}. See `quiz publish`."
        )
    members = await stamp_of(session, scope)
    return State(await last_id(session), f"{pack.content_hash} {members}".rstrip())


async def count(
    db: Database, library: Library, scope: Scope, pack_id: str, mode: str, *, clock: Clock
) -> Kept:
    """Count the first tries at a pack's questions in a mode of MODES, and keep the result."""
    started_at = clock()
    async with db.reading() as session:
        state = await state_of(session, scope, pack_id)
        asked = await asked_questions(session, pack_id)
        firsts = FirstTries(
            {row.id: _column(row, kind) for row, kind in asked},
            await names_of_questions(session, pack_id),
        )
    pages = tries_of(db.reading, scope, pack_id, MODES[mode], through=state.through)
    async for rows in pages:
        await asyncio.to_thread(firsts.take, rows)
    answered: list[Answered] = []
    for row, _ in asked:
        async with db.reading() as session:
            answered += await _answered(session, library, row, firsts)
    whole, questions = await asyncio.to_thread(analyse, answered)
    now = clock()
    analysis = Analysis(pack_id, mode, scope.name, state.through, now, whole, questions)
    kept = Kept(analysis, state.stamp, (now - started_at).total_seconds())
    async with db.writing.begin() as session:
        await keep_analysis(session, scope, kept)
    return kept


def _column(question: QuestionRow, kind: str) -> Column:
    return Column(question.v, question.points, issubclass(kinds()[kind], Choosing))


async def _answered(
    session: AsyncSession, library: Library, question: QuestionRow, firsts: FirstTries
) -> Sequence[Answered]:
    """Return a question with its tries, nothing for one that is withdrawn from scoring."""
    column = firsts.columns[question.id]
    wording, commentary = await library.read(session, _key(question, question.id, question.rev))
    if wording.score == "void":
        return ()
    texts = {question.rev: (wording, commentary)}
    if column.choosing:
        for rev in dict.fromkeys(column.revs):
            if rev not in texts:
                key = _key(question, firsts.known_as[question.id, rev], rev)
                texts[rev] = await library.read(session, key)
    bodies = {r: w.body for r, (w, _) in texts.items() if isinstance(w.body, Choosing)}
    return [
        Answered(
            question_id=question.id,
            topic_id=question.topic_id,
            v=question.v,
            rev=question.rev,
            kind=wording.body.name,
            title=commentary.title,
            tries=column.tries(wording.body.guess()),
            revs=column.revs,
            chosen=column.chosen(bodies),
            offers=_offers(texts) if column.choosing else {},
        )
    ]


def _key(question: QuestionRow, known_as: str, rev: str) -> tuple[str, str, str, str]:
    return question.pack_id, known_as, rev, question.commentary_hash


def _offers(texts: dict[str, tuple[Wording, Commentary]]) -> dict[str, Offer]:
    return {
        rev: Offer(wording.body.choices(), commentary.remarks)
        for rev, (wording, commentary) in texts.items()
        if isinstance(wording.body, Choosing)
    }
