"""A pack as one JSON document, with all that it says; `schema.json` beside this describes it.

What an author left out is null where it would be a name, and an empty text or list elsewhere.
Places in the Markdown files are left behind.
"""

from __future__ import annotations

import base64
import json

from quiz.core.exchange import Written
from quiz.core.kinds import JSON
from quiz.core.packs import Misconception, Objective, Pack, Picture, Topic
from quiz.core.questions import Question
from quiz.formats.json.bodies import answered
from quiz.formats.json.reading import read

__all__ = ["read", "write"]

FORMAT = "quizpack-json/1"


def write(pack: Pack) -> Written:
    """Return the pack as indented JSON, in UTF-8; nothing of it is lost."""
    return Written((json.dumps(_pack(pack), indent=2, ensure_ascii=False) + "\n").encode())


def _pack(pack: Pack) -> JSON:
    return {
        "format": FORMAT,
        "id": pack.id,
        "title": pack.title,
        "description": pack.description,
        "authors": list(pack.authors),
        "license": pack.license or None,
        "language": pack.language or None,
        "version": pack.version or None,
        "setup": pack.setup or None,
        "tested_with": list(pack.tested_with),
        "retired": dict(pack.retired),
        "misconceptions": [_named(belief) for belief in pack.misconceptions],
        "topics": [_topic(topic) for topic in pack.topics],
        "pictures": [_picture(picture) for picture in pack.pictures],
    }


def _named(thing: Objective | Misconception) -> JSON:
    return {"id": thing.id, "was": thing.was or None, "sentence": thing.sentence}


def _topic(topic: Topic) -> JSON:
    return {
        "id": topic.id or None,
        "was": topic.was or None,
        "title": topic.title,
        "notes": topic.notes,
        "objectives": [_named(objective) for objective in topic.objectives],
        "questions": [_question(question) for question in topic.questions],
    }


def _question(question: Question) -> JSON:
    wording, commentary = question.wording, question.commentary
    return {
        "id": question.id or None,
        "was": question.was or None,
        "kind": wording.body.name,
        # A question that names no objective is its own.
        "objective": question.objective if question.objective != question.id else None,
        "level": question.level or None,
        "tags": list(question.tags),
        "points": question.points,
        "shuffle": question.shuffle,
        "score": wording.score,
        "v": question.v,
        "title": commentary.title,
        "shared": wording.shared,
        "stem": wording.stem,
        **answered(wording.body, commentary.remarks),
        "hints": list(commentary.hints),
        "explanation": commentary.explanation,
        "source": commentary.source,
        "evidence": [{"words": list(f.words), "code": f.code} for f in question.evidence],
    }


def _picture(picture: Picture) -> JSON:
    data = base64.b64encode(picture.data).decode()
    return {"path": picture.path, "media_type": picture.media_type, "data": data}
