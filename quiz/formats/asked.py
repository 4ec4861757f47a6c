"""What a question of another format asks, on its way to a question of ours."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from quiz.core.blocks import Inline, Place
from quiz.core.drafts import MISCONCEPTION
from quiz.core.kinds import JSON, Remark
from quiz.core.questions import Commentary, Question, Wording
from quiz.formats.settings import Told
from quiz.kinds import kinds

SOURCE = "Source:"
TITLES = re.compile(r"\n\n\| ((?:\\\||[^|\n])*) \| ((?:\\\||[^|\n])*) \|\n\| --- \| --- \|\Z")
RULE = "---"
"""What parts a model answer from the feedback where both must stand in one text."""

POINTS = re.compile(r"\n\n\*\*Points\*\*\n\n((?:- .*(?:\n(?:  .*)?)*)+)\Z")


class UnaskedError(Exception):
    """A question cannot be asked here; the text says why, and it is kept as prose."""


@dataclass(slots=True)
class Asked:
    """What a question asks: its kind, what `load` of that kind takes, its stem and remarks.

    `score` is how its own program grades it; what our tags say weighs more.
    """

    kind: str
    payload: JSON
    stem: str
    remarks: dict[str, Remark] = field(default_factory=dict)
    score: str = "exact"


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a question: Markdown, `feedback` with the source in its last paragraph."""

    id: str
    title: str
    place: Place
    told: Told
    feedback: str = ""
    hints: tuple[str, ...] = ()
    points: float = 1.0
    shuffle: bool = True


def question_of(asked: Asked, around: Around, beliefs: Mapping[str, str]) -> Question:
    """Return the question; `beliefs` are the misconceptions declared, with their sentences."""
    told = around.told
    explanation, source = _parted(around.feedback)
    named = {remark.misconception for remark in asked.remarks.values()}
    body = kinds()[asked.kind].load(asked.payload)
    return Question(
        id=around.id,
        place=around.place,
        objective=told.get("objective", around.id),
        wording=Wording(asked.stem or around.title, body, told.get("score", asked.score)),
        commentary=Commentary(
            title=around.title,
            remarks=asked.remarks,
            beliefs={id: said for id, said in beliefs.items() if id in named},
            hints=around.hints,
            explanation=explanation,
            source=source,
        ),
        level=told.get("level"),
        tags=told.tags,
        points=around.points,
        shuffle=around.shuffle,
        v=int(told.get("v", "1")),
    )


def feedback_of(commentary: Commentary) -> str:
    """Return the explanation with the source in a last paragraph."""
    source = f"{SOURCE} {commentary.source}" if commentary.source else ""
    return "\n\n".join(part for part in (commentary.explanation, source) if part)


def remark_of(text: str, beliefs: Collection[str], *, wrong: bool) -> Remark:
    """Return a remark; a declared misconception may stand in front of its text."""
    found = Inline(text).leading_code()
    if found and wrong and MISCONCEPTION.fullmatch(found[0]) and found[0] in beliefs:
        return Remark(found[1], found[0])
    return Remark(text)


def remark_text(said: Remark | None) -> str:
    """Return a remark as text, the misconception in front as our own Markdown has it."""
    if said is None:
        return ""
    return f"`{said.misconception}` {said.text}".rstrip() if said.misconception else said.text


def stem_of(question: Question) -> str:
    """Return the stem with what the question shares in front of it."""
    parts = (question.wording.shared, question.wording.stem)
    return "\n\n".join(part for part in parts if part)


def with_titles(stem: str, titles: Sequence[str]) -> str:
    """Return a stem that ends with the titles of columns: the head of a table without rows."""
    head = " | ".join(title.replace("|", "\\|") for title in titles)
    return f"{stem}\n\n| {head} |\n| --- | --- |"


def without_titles(stem: str) -> tuple[str, list[str]]:
    """Return the stem and the titles that `with_titles` put at its end, or usual ones."""
    found = TITLES.search(stem)
    if found is None:
        return stem, ["Item", "Match"]
    return stem[: found.start()], [title.replace("\\|", "|") for title in found.groups()]


def with_points(model: str, points: Iterable[str]) -> str:
    """Return a model answer with the points that a good answer names."""
    items = "\n".join("- " + point.replace("\n", "\n  ") for point in points)
    return f"{model}\n\n**Points**\n\n{items}" if items else model


def without_points(text: str) -> JSON:
    """Return the payload of a recall question whose model `with_points` wrote."""
    found = POINTS.search(text)
    points = re.split(r"\n?^- ", found[1], flags=re.MULTILINE)[1:] if found else []
    dedented = [re.sub(r"\n  ", "\n", point).strip("\n") for point in points]
    return {"model": text[: found.start()] if found else text, "points": dedented}


def _parted(text: str) -> tuple[str, str]:
    explanation, _, last = f"\n\n{text}".rpartition("\n\n")
    if last.startswith(SOURCE) and "\n" not in last:
        return explanation.strip("\n"), last.removeprefix(SOURCE).strip()
    return text, ""
