"""A pack as an Anki package: one note a question, which a second import finds again.

A note knows its question by `pack/question`, and says when it was written: Anki takes what is newer
than it has, and keeps a learner's schedule. There are libraries that write such packages, but none
that is kept up.
"""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime

from quiz.core.exchange import Loss, Written
from quiz.core.packs import Pack, Picture
from quiz.core.questions import Question
from quiz.core.words import visible
from quiz.formats.anki.cards import note_of
from quiz.formats.anki.collection import Note, collection
from quiz.formats.losing import lost_of, lost_of_pack, place_of

KEPT = frozenset(
    {
        *("explanation", "feedback", "hint", "level", "objective", "rationale", "source", "tags"),
        *("title", "uses"),
    }
)
TURNED = "cards are turned over, and learners say themselves how well they knew"
UNCHANGED = (1980, 1, 1, 0, 0, 0)
"""The time of the files in the package, so that equal packs are equal bytes."""


def write_at(pack: Pack, now: datetime) -> Written:
    """Return the package: a deck a topic below one for the pack, the pictures among its media."""
    media = {picture.path: _media_name(pack, picture) for picture in pack.pictures}
    losses = [Loss(place_of(pack), "grading", TURNED)]
    losses += lost_of_pack(pack, frozenset({"topic", "picture"}))
    notes: list[Note] = []
    for topic in pack.topics:
        deck = "::".join(_deck(title) for title in (pack.title, topic.title))
        for question in topic.questions:
            losses += _lost(question)
            if question.wording.score != "void":
                notes.append(note_of(pack, question, deck, media))
    files = {"collection.anki2": collection(notes, int(now.timestamp()))}
    files["media"] = json.dumps({str(n): name for n, name in enumerate(media.values())}).encode()
    files |= {str(n): picture.data for n, picture in enumerate(pack.pictures)}
    return Written(_zipped(files), tuple(losses))


def _lost(question: Question) -> list[Loss]:
    if question.wording.score == "void":
        return [Loss(question.place, "question", "left out, as its score is void")]
    return lost_of(question, KEPT)


def _deck(title: str) -> str:
    # Two colons part the names of decks.
    return visible(title).replace("::", ":")


def _media_name(pack: Pack, picture: Picture) -> str:
    return f"{pack.id}-{picture.path.replace('/', '-')}"


def _zipped(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, UNCHANGED), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()
