"""What a learner reads between rounds: home, a pack, a topic, progress."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from quiz.core.errors import NotFoundError
from quiz.core.packs import Picture
from quiz.core.progress import is_due, state_of
from quiz.core.views import (
    Counts,
    Home,
    ObjectiveLine,
    PackLine,
    PackPage,
    PackProgress,
    Progress,
    QuestionLine,
    Resume,
    TopicLine,
    TopicPage,
)
from quiz.practice.desk import Desk, open_walk
from quiz.practice.reports import replies
from quiz.storage import catalog, rounds
from quiz.storage.assignments import open_work
from quiz.storage.attempts import latest_by_question
from quiz.storage.candidates import candidates
from quiz.storage.learners import learner_and_class, learner_id_of
from quiz.storage.published import TopicRow
from quiz.storage.tables import MemoryRow, TopicProgressRow

NOBODY = 0
"""The id of no learner: who has not answered yet."""

Topics = Iterable[Row[TopicRow, int]]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a learner has reached, by pack and topic."""

    progress: Mapping[tuple[str, str], TopicProgressRow]
    due: Mapping[tuple[str, str], int]

    def counts(self, pack_id: str, topic_id: str, questions: int) -> Counts:
        """Return the counts of a topic that has so many questions."""
        row = self.progress.get((pack_id, topic_id))
        tried, right = (row.tried, row.first_try_right) if row else (0, 0)
        return Counts(questions, tried, right, self.due.get((pack_id, topic_id), 0))

    def line(self, topic: TopicRow, questions: int) -> TopicLine:
        """Return the line of a topic."""
        counts = self.counts(topic.pack_id, topic.id, questions)
        return TopicLine(topic.id, topic.title, bool(topic.notes), counts)


async def home(desk: Desk, digest: str, *, now: datetime) -> Home:
    """Return the first page: all packs, the round to go on with, and what classes ask for."""
    async with desk.database.reading() as session:
        known = await learner_and_class(session, digest) if digest else None
        learner_id, in_class = known or (NOBODY, False)
        standing = await _standing_of(session, learner_id, now=now)
        work = await open_work(session, learner_id, now=now) if in_class else ()
        topics = await catalog.topics(session)
        packs = []
        for pack in await catalog.packs(session):
            lines = _lines(standing, (row for row in topics if row[0].pack_id == pack.id))
            about, _, _ = pack.description.partition("\n\n")
            packs.append(PackLine(pack.id, pack.title, about, len(lines), _total(lines)))
        shown = tuple(each for each in work if each.is_shown(now))
        return Home(tuple(packs), await _resume(session, digest), shown)


async def pack_page(desk: Desk, digest: str, pack_id: str, *, now: datetime) -> PackPage:
    """Return a pack with its topics. Raises NotFoundError."""
    async with desk.database.reading() as session:
        pack = await catalog.pack(session, pack_id)
        if pack is None:
            raise NotFoundError(f"There is no pack “{pack_id}”. Was it renamed?")
        _, standing = await _standing(session, digest, now=now)
        topics = _lines(standing, await catalog.topics(session, pack_id))
        return PackPage(
            id=pack.id,
            title=pack.title,
            description=pack.description,
            authors=tuple(pack.authors),
            license=pack.license,
            version=pack.version,
            topics=topics,
            counts=_total(topics),
            resume=await _resume(session, digest, pack_id),
        )


async def topic_page(
    desk: Desk, digest: str, pack_id: str, topic_id: str, *, now: datetime
) -> TopicPage:
    """Return a topic with notes, objectives and the state of its questions.

    Raises NotFoundError.
    """
    async with desk.database.reading() as session:
        pack = await catalog.pack(session, pack_id)
        rows = list(await catalog.topics(session, pack_id))
        at = next((n for n, row in enumerate(rows) if row[0].id == topic_id), None)
        if pack is None or at is None:
            raise NotFoundError(f"There is no topic “{topic_id}” in this pack. Was it renamed?")
        topic, questions = rows[at]
        after = rows[at + 1][0] if at + 1 < len(rows) else None
        learner_id, standing = await _standing(session, digest, now=now)
        objectives = await catalog.objectives(session, pack_id, topic_id, learner_id=learner_id)
        return TopicPage(
            pack_id=pack_id,
            pack_title=pack.title,
            id=topic.id,
            title=topic.title,
            notes=topic.notes,
            objectives=tuple(objective_line(row.sentence, m, now=now) for row, m in objectives),
            questions=await _questions(session, pack_id, topic_id, learner_id=learner_id),
            counts=standing.counts(pack_id, topic_id, questions),
            next_topic=(after.id, after.title) if after else None,
        )


async def progress(desk: Desk, digest: str, *, now: datetime) -> Progress:
    """Return the progress of a learner in every pack met; nothing for nobody."""
    async with desk.database.reading() as session:
        learner_id, standing = await _standing(session, digest, now=now)
        topics = await catalog.topics(session)
        met = {pack_id for pack_id, _ in standing.progress}
        packs = []
        for pack in await catalog.packs(session):
            if pack.id in met:
                lines = _lines(standing, (row for row in topics if row[0].pack_id == pack.id))
                packs.append(PackProgress(pack.id, pack.title, lines, _total(lines)))
        return Progress(
            packs=tuple(packs),
            due=sum(standing.due.values()),
            next_due_at=await catalog.next_due_at(session, learner_id),
            answers=sum(row.answered for row in standing.progress.values()),
            replies=await replies(session, learner_id),
        )


async def picture(desk: Desk, pack_id: str, path: str) -> Picture:
    """Return a picture that texts of a pack show. Raises NotFoundError."""
    async with desk.database.reading() as session:
        found = await catalog.picture(session, pack_id, path)
    if found is None:
        raise NotFoundError("There is no such picture in this pack.")
    return Picture(found.path, found.media_type, found.data)


def objective_line(sentence: str, memory: MemoryRow | None, *, now: datetime) -> ObjectiveLine:
    """Return the line of an objective; `memory` is None before it was practised."""
    return ObjectiveLine(
        sentence=sentence,
        state=state_of(memory.stability_days if memory else None),
        due=memory is not None and is_due(memory.due_at, now),
        due_at=memory.due_at if memory else None,
    )


async def _standing(session: AsyncSession, digest: str, *, now: datetime) -> tuple[int, Standing]:
    learner_id = (await learner_id_of(session, digest) if digest else None) or NOBODY
    return learner_id, await _standing_of(session, learner_id, now=now)


async def _standing_of(session: AsyncSession, learner_id: int, *, now: datetime) -> Standing:
    if learner_id == NOBODY:
        return Standing({}, {})
    return Standing(
        await catalog.topic_progress(session, learner_id),
        await catalog.due_by_topic(session, learner_id, now=now),
    )


async def _resume(session: AsyncSession, digest: str, pack_id: str | None = None) -> Resume | None:
    round_id = await rounds.latest_open_round(session, digest=digest, pack_id=pack_id)
    if round_id is None:
        return None
    walk = await open_walk(session, digest, round_id)
    position = walk.marks.next_after(0)
    return Resume(walk.round, position) if position else None


async def _questions(
    session: AsyncSession, pack_id: str, topic_id: str, *, learner_id: int
) -> tuple[QuestionLine, ...]:
    latest = await latest_by_question(session, learner_id, pack_id)
    living = await candidates(session, pack_id, topic_id, learner_id=learner_id)
    lines = []
    for number, question in enumerate(living, 1):
        last = latest.get(question.question_id)
        lines.append(
            QuestionLine(
                number=number,
                outcome=last.outcome if last else "",
                changed=last is not None and last.rev != question.rev,
            )
        )
    return tuple(lines)


def _lines(standing: Standing, topics: Topics) -> tuple[TopicLine, ...]:
    return tuple(standing.line(topic, questions) for topic, questions in topics)


def _total(lines: Iterable[TopicLine]) -> Counts:
    return sum((line.counts for line in lines), Counts(0, 0, 0))
