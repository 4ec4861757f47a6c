"""Answers that a learner gave elsewhere, added to the log under a mode of their own.

They are the learner's own word, so they count for their progress and for nothing that others see.
A round that is brought in has no cards, as nobody walks it again.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.attempts import IMPORTED
from quiz.core.own import Brought, OwnAttempt, OwnRound
from quiz.storage.dialect import hold_rows, insert_new
from quiz.storage.published import PackRow, QuestionRow
from quiz.storage.rebuild import rebuild_learner
from quiz.storage.tables import AttemptRow, LearnerRow, RoundRow


@dataclass(slots=True)
class Bringing:
    """Brings in the answers of `rounds`, which are given by the ids they have in the file."""

    session: AsyncSession
    learner_id: int
    rounds: Mapping[str, OwnRound]
    unguessable: Callable[[], str]
    now: datetime
    begun_here: set[str] = field(default_factory=set)
    brought: dict[str, int] = field(default_factory=dict)
    asked: set[tuple[str, str]] = field(default_factory=set)

    async def look(self) -> None:
        """Find out which rounds and questions are here already."""
        mine = select(RoundRow.id, RoundRow.public_id, RoundRow.origin).where(
            RoundRow.learner_id == self.learner_id
        )
        for id, public_id, origin in await self.session.execute(mine):
            self.begun_here.add(public_id)
            if origin is not None:
                self.brought[origin] = id
        named = {found.pack_id for found in self.rounds.values()}
        packs = named & set(await self.session.scalars(select(PackRow.id)))
        questions = select(QuestionRow.pack_id, QuestionRow.id).where(
            QuestionRow.pack_id.in_(packs)
        )
        self.asked = {(pack_id, id) for pack_id, id in await self.session.execute(questions)}

    async def add(self, attempts: Sequence[OwnAttempt]) -> Brought:
        """Add some answers, each at a place in its round where there is none yet."""
        elsewhere = [each for each in attempts if each.round not in self.begun_here]
        wanted = [each for each in elsewhere if self._question(each) in self.asked]
        await self._begin({each.round for each in wanted} - self.brought.keys())
        by_place = {(each.round, each.position): self._row(each) for each in wanted}
        added = await insert_new(
            self.session, AttemptRow, ("round_id", "position"), list(by_place.values())
        )
        left_out = len(elsewhere) - len(wanted)
        return Brought(len(added), len(attempts) - left_out - len(added), left_out)

    async def _begin(self, ids: set[str]) -> None:
        rows = [self._round(self.rounds[id]) for id in sorted(ids)]
        self.session.add_all(rows)
        await self.session.flush()
        self.brought |= {row.origin: row.id for row in rows if row.origin}
        self.session.expunge_all()

    def _question(self, attempt: OwnAttempt) -> tuple[str, str]:
        return self.rounds[attempt.round].pack_id, attempt.question_id

    def _round(self, found: OwnRound) -> RoundRow:
        return RoundRow(
            public_id=self.unguessable()[:22],
            origin=found.id,
            learner_id=self.learner_id,
            pack_id=found.pack_id,
            topic_id=found.topic_id,
            mode=found.mode,
            secret="",
            size=found.size,
            started_at=found.started_at,
            finished_at=found.finished_at or self.now,  # nobody goes on with it
        )

    def _row(self, attempt: OwnAttempt) -> dict[str, object]:
        return {
            "round_id": self.brought[attempt.round],
            "position": attempt.position,
            "learner_id": self.learner_id,
            "pack_id": self.rounds[attempt.round].pack_id,
            "topic_id": attempt.topic_id,
            "objective_id": attempt.objective_id,
            "question_id": attempt.question_id,
            "v": attempt.v,
            "rev": attempt.rev,
            "mode": IMPORTED,
            "response": attempt.response,
            "score": attempt.score,
            "correct": attempt.correct,
            "counted": attempt.counted,
            "misconceptions": list(attempt.misconceptions),
            "hints": attempt.hints,
            "certainty": attempt.certainty,
            "shown_at": attempt.shown_at,
            "answered_at": attempt.answered_at,
        }


async def bring_in(
    session: AsyncSession,
    learner_id: int,
    rounds: Mapping[str, OwnRound],
    batches: AsyncIterator[Sequence[OwnAttempt]],
    *,
    unguessable: Callable[[], str],
    now: datetime,
) -> Brought:
    """Add answers to the log and make what follows from it anew; those known change nothing.

    An answer is known by its round and position: whatever else a file says of it, the one that is
    here stays. Each batch names rounds that are given.
    """
    await hold_rows(session, LearnerRow, [learner_id])
    bringing, brought = Bringing(session, learner_id, rounds, unguessable, now), Brought()
    await bringing.look()
    async for batch in batches:
        brought += await bringing.add(batch)
    if brought.new:
        await rebuild_learner(session, learner_id)
    return brought
