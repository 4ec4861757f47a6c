"""From files to learners: a pack is published whole, or what learners have stays as it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from quiz.core.codec import dump_commentary, dump_proof, dump_remarks, dump_wording
from quiz.core.packs import Finding, Misconception, Objective, Pack, Picture, Topic
from quiz.core.questions import Question
from quiz.packs.loader import find_packs, from_here, load_pack, taken_id
from quiz.packs.proofs import proofs_of, with_proofs
from quiz.packs.revision import commentary_hash, digest, rev
from quiz.storage.engine import Database
from quiz.storage.packs import Changes, Contents, content_hash, save_contents
from quiz.storage.transactions import in_transaction

Row = dict[str, Any]


NOTHING = Changes()


@dataclass(frozen=True, slots=True)
class Published:
    """What came of publishing a pack: `changed` is False for one refused, and one as it was.

    `pack_id` and `title` are "" where the pack cannot be read; `findings` are all problems found,
    their files as they can be opened from where we are.
    """

    path: Path
    pack_id: str
    title: str
    findings: tuple[Finding, ...]
    changed: bool = False
    changes: Changes = NOTHING

    @property
    def refused(self) -> bool:
        """Whether an error keeps the pack from learners."""
        return any(finding.severity == "error" for finding in self.findings)


async def publish(db: Database, path: Path, *, now: datetime) -> Published:
    """Publish the pack at a path, in one transaction; one with errors changes nothing."""
    return await _save(db, *await asyncio.to_thread(_read, path, {}), now=now)


async def publish_all(
    db: Database,
    folders: Iterable[Path],
    *,
    now: datetime,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> tuple[Published, ...]:
    """Publish each pack at and below the folders; of two with one id only the first (E005).

    `progress` gets the packs done and their number. Raises OperatorError for a path that does not
    exist.
    """
    paths = await asyncio.to_thread(find_packs, folders)
    ids: dict[str, Path] = {}
    results = []
    for done, path in enumerate(paths, 1):
        found, pack = await asyncio.to_thread(_read, path, ids)
        results.append(await _save(db, found, pack, now=now))
        progress(done, len(paths))
    return tuple(results)


def _read(path: Path, ids: dict[str, Path]) -> tuple[Published, Pack | None]:
    """Return what was found before anything is stored, and the pack where it can be read.

    `ids` are those of the packs before, broken ones too: what learners have of one of them is not
    overwritten by another pack.
    """
    loaded = load_pack(path, publishing=True)
    findings = from_here(path, [*loaded.findings, *taken_id(path, loaded.id, ids)])
    pack = loaded.pack
    if pack is None:
        return Published(path, "", "", findings), None
    proven = with_proofs(pack, proofs_of(path, pack))
    return Published(path, pack.id, pack.title, findings), proven


async def _save(db: Database, found: Published, pack: Pack | None, *, now: datetime) -> Published:
    if pack is None or found.refused:
        return found
    contents = await asyncio.to_thread(contents_of, pack)
    async with db.reading() as session:
        if await content_hash(session, pack.id) == contents.pack["content_hash"]:
            return found
    changes = await in_transaction(
        db.writing, lambda session: save_contents(session, contents, now=now)
    )
    return replace(found, changed=True, changes=changes)


def contents_of(pack: Pack) -> Contents:
    """Return the rows of a pack, and a hash over all of them."""
    numbered = [(topic, n, question) for topic in pack.topics for n, question in _numbered(topic)]
    rows = Contents(
        pack=_pack_row(pack),
        topics=[_topic_row(n, topic) for n, topic in enumerate(pack.topics, 1)],
        objectives=[
            {
                "id": objective.id,
                "topic_id": topic.id,
                "position": n,
                "sentence": objective.sentence,
            }
            for topic in pack.topics
            for n, objective in enumerate(topic.objectives, 1)
        ],
        misconceptions=[{"id": m.id, "sentence": m.sentence} for m in pack.misconceptions],
        questions=[_question_row(topic, n, question) for topic, n, question in numbered],
        revisions=[_revision_row(question) for question in pack.questions],
        pictures=[_picture_row(picture) for picture in pack.pictures],
        renames={
            name: {thing.was: thing.id for thing in things if thing.was}
            for name, things in _named(pack)
        },
    )
    everything = [rows.pack, rows.topics, rows.objectives, rows.misconceptions, rows.questions]
    shown = [[picture.path, sha256(picture.data).hexdigest()] for picture in pack.pictures]
    content = digest([*everything, rows.revisions, rows.renames, shown])
    return replace(rows, pack={**rows.pack, "content_hash": content})


def _numbered(topic: Topic) -> Iterator[tuple[int, Question]]:
    return iter(enumerate(topic.questions, 1))


def _pack_row(pack: Pack) -> Row:
    return {
        "id": pack.id,
        "title": pack.title,
        "description": pack.description,
        "authors": list(pack.authors),
        "license": pack.license,
        "language": pack.language,
        "version": pack.version,
    }


def _topic_row(position: int, topic: Topic) -> Row:
    return {"id": topic.id, "position": position, "title": topic.title, "notes": topic.notes}


def _question_row(topic: Topic, position: int, question: Question) -> Row:
    return {
        "id": question.id,
        "topic_id": topic.id,
        "objective_id": question.objective,
        "position": position,
        "rev": rev(question),
        "v": question.v,
        "level": question.level,
        "tags": list(question.tags),
        "points": question.points,
        "shuffle": question.shuffle,
        "commentary": dump_commentary(question.commentary),
        "commentary_hash": commentary_hash(question.commentary),
    }


def _revision_row(question: Question) -> Row:
    return {
        "question_id": question.id,
        "rev": rev(question),
        "kind": question.wording.body.name,
        "wording": dump_wording(question.wording),
        "remarks": dump_remarks(question.commentary),
        "proof": dump_proof(question.commentary.proof),
    }


def _picture_row(picture: Picture) -> Row:
    return {"path": picture.path, "media_type": picture.media_type, "data": picture.data}


def _named(
    pack: Pack,
) -> Iterator[tuple[str, list[Topic] | list[Objective] | list[Misconception] | list[Question]]]:
    """Yield all that has an id, by the name of its table."""
    yield "topics", list(pack.topics)
    yield "objectives", [o for topic in pack.topics for o in topic.objectives]
    yield "misconceptions", list(pack.misconceptions)
    yield "questions", list(pack.questions)
