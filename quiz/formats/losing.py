"""What a pack says beyond its questions and answers, by the names that authors know.

A format keeps some of it; the rest is told as losses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sized

from quiz.core.blocks import Place
from quiz.core.exchange import Loss
from quiz.core.packs import Pack, Topic
from quiz.core.questions import Question

TICKED = frozenset({"multiple", "pick", "single", "truefalse"})
"""Kinds whose remarks speak of what is shown, not of what is typed."""

Said = Callable[[Question], str]
"""Returns what a question says of something, "" where it says nothing."""


def _count(things: Sized, one: str) -> str:
    return f"{len(things)} {one}{'s' if len(things) > 1 else ''}" if things else ""


def _rationale(question: Question) -> str:
    remarks = question.commentary.remarks
    return _count(remarks, "remark") if question.wording.body.name in TICKED else ""


def _feedback(question: Question) -> str:
    remarks = question.commentary.remarks
    return "" if question.wording.body.name in TICKED else _count(remarks, "remark")


def _named(question: Question) -> str:
    remarks = question.commentary.remarks.values()
    return ", ".join(sorted({remark.misconception for remark in remarks} - {""}))


SAYINGS: Mapping[str, Said] = {
    "title": lambda q: q.commentary.title,
    "hint": lambda q: _count(q.commentary.hints, "hint"),
    "explanation": lambda q: "there was one" if q.commentary.explanation else "",
    "source": lambda q: q.commentary.source,
    "rationale": _rationale,
    "feedback": _feedback,
    "misconception": _named,
    "objective": lambda q: q.objective if q.objective != q.id else "",
    "level": lambda q: q.level,
    "tags": lambda q: ", ".join(q.tags),
    "points": lambda q: f"{q.points:g}" if q.points != 1 else "",
    "score": lambda q: q.wording.score if q.wording.score != "exact" else "",
    "shuffle": lambda q: "" if q.shuffle else "no",
    "v": lambda q: str(q.v) if q.v != 1 else "",
    "was": lambda q: q.was,
    "uses": lambda q: "its text is written into the question" if q.wording.shared else "",
    "evidence": lambda q: _count(q.evidence, "program"),
}
"""By name, in the order of the author's guide."""


def lost_of(question: Question, kept: frozenset[str]) -> list[Loss]:
    """Return what the question says beside what is kept, each name one loss."""
    said = ((name, say(question)) for name, say in SAYINGS.items() if name not in kept)
    return [Loss(question.place, name, text) for name, text in said if text]


def place_of(pack: Pack) -> Place:
    """Return where a loss of the whole pack is told: the file of its first topic."""
    return Place(pack.topics[0].place.file if pack.topics else "", 1)


def lost_of_pack(pack: Pack, kept: frozenset[str]) -> list[Loss]:
    """Return what the pack and its topics say beside what is kept."""
    place = place_of(pack)
    said = {
        "description": "there was one" if pack.description else "",
        "authors": ", ".join(pack.authors),
        "license": pack.license,
        "language": pack.language,
        "version": pack.version,
        "setup": pack.setup,
        "tested-with": ", ".join(pack.tested_with),
        "retired": ", ".join(pack.retired),
        "misconceptions": _count(pack.misconceptions, "misconception"),
        "picture": ", ".join(picture.path for picture in pack.pictures),
    }
    losses = [Loss(place, name, text) for name, text in said.items() if text and name not in kept]
    return losses + [loss for topic in pack.topics for loss in _lost_of_topic(topic, kept)]


def _lost_of_topic(topic: Topic, kept: frozenset[str]) -> list[Loss]:
    said = {
        "topic": topic.title,
        "notes": "there were some" if topic.notes else "",
        "objectives": _count(topic.objectives, "objective"),
    }
    return [
        Loss(topic.place, what, text) for what, text in said.items() if text and what not in kept
    ]
