"""A question as the section that an author would write."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from quiz.core.blocks import Fence, markdown
from quiz.core.exchange import slug
from quiz.core.questions import Question
from quiz.packs.fences import RUN
from quiz.packs.sections import SOURCE
from quiz.packs.writing.bodies import BODIES, Answered
from quiz.packs.writing.fences import fenced
from quiz.packs.writing.settle import settled, title_line

ONLY_FENCES = re.compile(r"(?:(`{3,})[^`\n]*\n(?:.*\n)*?\1(?:\n\n|\Z))*")
OPTION = re.compile(r"^- \[", re.MULTILINE)
LISTED = re.compile(r"^- ", re.MULTILINE)
NO_TAG = re.compile(r"[;,\n\r<>]+")


def can_write(question: Question) -> bool:
    """Return whether its kind is one that is known here."""
    return question.wording.body.name in BODIES


def question(question: Question) -> str:
    """Return the section of a question whose kind `can_write`."""
    wording, said = question.wording, question.commentary
    answered = BODIES[wording.body.name](wording.body.dump(), said.remarks, question.evidence)
    stem, evidence = _with_program(settled(_stem(question)), question, answered)
    return "\n\n".join(
        part
        for part in (
            f"## {title_line(said.title)}\n<!-- {_meta(question)} -->",
            stem,
            _apart(stem, answered.body),
            f"{SOURCE} {' '.join(said.source.split())}" if said.source else "",
            *(f"### {name}\n\n{text}".rstrip() for name, text in answered.parts),
            *(f"### Hint\n\n{settled(hint)}" for hint in said.hints),
            f"### Explanation\n\n{settled(said.explanation)}" if said.explanation else "",
            *answered.feedback,
            f"### Evidence\n\n{evidence}" if evidence else "",
        )
        if part
    )


def shared_id(question: Question) -> str:
    """Return the id of the section of prose that a question uses."""
    said = question.written.meta.get("uses", "") if question.written else ""
    digits = hashlib.sha256(question.wording.shared.encode()).hexdigest()[:6]
    return said or f"{slug(question.wording.shared)}-{digits}"


def _meta(question: Question) -> str:
    body, score = question.wording.body, question.wording.score
    pairs = {
        "id": question.id,
        "was": question.was,
        "kind": body.name if body.stated else "",
        "objective": question.objective if question.objective != question.id else "",
        "level": question.level,
        "tags": ", ".join(NO_TAG.sub(" ", tag).strip() for tag in question.tags),
        "points": f"{question.points:g}" if question.points != 1 else "",
        "shuffle": "" if question.shuffle else "no",
        "score": score if score != "exact" else "",
        "v": str(question.v) if question.v != 1 else "",
        "uses": shared_id(question) if question.wording.shared else "",
    }
    return "; ".join(f"{key}: {value}" for key, value in pairs.items() if value)


def _stem(question: Question) -> str:
    """Return what asks below the heading: where nothing but code does, the heading asks, too."""
    title, stem = question.commentary.title, question.wording.stem
    if stem == title:
        return ""
    rest = stem.removeprefix(f"{title}\n\n")
    return rest if rest != stem and ONLY_FENCES.fullmatch(rest) else stem


def _apart(stem: str, body: str) -> str:
    """Return the answer block; options behind another list get a sign of their own."""
    return OPTION.sub("* [", body) if LISTED.search(stem) else body


def _with_program(stem: str, question: Question, answered: Answered) -> tuple[str, str]:
    """Return the stem, its program marked as one, and the evidence that stands elsewhere."""
    evidence = list(question.evidence)
    if answered.program:
        return stem, _fences(evidence[1:])
    if evidence and evidence[0].role == RUN:
        shown = markdown([evidence[0]])
        if f"\n\n{shown}\n\n" in f"\n\n{stem}\n\n":
            return stem.replace(shown, _fences(evidence[:1]), 1), _fences(evidence[1:])
    return stem, _fences(evidence)


def _fences(fences: Iterable[Fence]) -> str:
    return "\n\n".join(fenced(fence.words, fence.code) for fence in fences)
