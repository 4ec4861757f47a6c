"""What our questions say of themselves, as tags such as `level:trace` where a format has tags."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from quiz.core.exchange import ID
from quiz.core.packs import Pack
from quiz.core.questions import Question

LONGEST = 50
"""Signs of a tag that Moodle keeps."""

KEYS = {
    "level": re.compile(r"recall|trace|apply|judge"),
    "objective": ID,
    "score": re.compile(r"exact|partial|void"),
    "match": re.compile(r"code|text|exact"),
    "v": re.compile(r"[1-9][0-9]{0,5}"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """The tags of a question: plain ones, and what ours say by key, "" for nothing."""

    tags: tuple[str, ...] = ()
    said: dict[str, str] = field(default_factory=dict)

    def get(self, key: str, other: str = "") -> str:
        """Return what the tags say of a key."""
        return self.said.get(key, other)


def tags_of(
    question: Question, *, shares: bool, match: str = "", objective: bool = True
) -> list[str]:
    """Return the tags of a question and those that hold its settings.

    `shares` says that the format gives a share of the points, so that all or nothing needs saying;
    `objective` that it declares objectives, so that naming one has a meaning.
    """
    score = question.wording.score
    named = question.objective if objective and question.objective != question.id else ""
    pairs = {
        "level": question.level,
        "objective": named,
        "score": score if score != "exact" or shares else "",
        "match": match,
        "v": str(question.v) if question.v != 1 else "",
    }
    return [*question.tags, *(f"{key}:{value}" for key, value in pairs.items() if value)]


def lost_front(pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield what a pack says of itself and question banks have no place for."""
    texts = {
        "license": pack.license,
        "language": pack.language,
        "version": pack.version,
        "setup": pack.setup,
        "authors": ", ".join(pack.authors),
        "tested-with": ", ".join(pack.tested_with),
        "retired ids": ", ".join(pack.retired),
    }
    return ((what, said) for what, said in texts.items() if said)


def lost_rest(question: Question, *, shares: bool) -> Iterator[tuple[str, str]]:
    """Yield what question banks have no place for; `shares` is as for `tags_of`."""
    if question.wording.shared:
        yield "shared text", "it stands in each question that uses it"
    if question.evidence:
        yield "evidence", ""
    if question.was:
        yield "former id", question.was
    if question.wording.score == "exact" and shares:
        yield "score", "a share is given where all or nothing was meant"
    if question.wording.score == "void":
        yield "score", "the question counts there"


def told(tags: Iterable[str], objectives: Collection[str]) -> Told:
    """Return the tags read: an objective is one only where it is declared."""
    plain: list[str] = []
    said: dict[str, str] = {}
    for tag in tags:
        key, _, value = tag.partition(":")
        rule = KEYS.get(key)
        good = rule is not None and rule.fullmatch(value) is not None
        if good and (key != "objective" or value in objectives):
            said[key] = value
        else:
            plain.append(tag)
    return Told(tuple(dict.fromkeys(plain)), said)
