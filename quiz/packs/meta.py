"""The metadata comment under a heading: `<!-- id: x; kind: y -->`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from quiz.core.blocks import Comment, Place
from quiz.core.drafts import did_you_mean
from quiz.core.kinds import Report
from quiz.kinds import kinds
from quiz.packs.frontmatter import Value

ID = re.compile(r"[a-z0-9-]{2,63}")
PROSE = "prose"
LEVELS = ("recall", "trace", "apply", "judge")
SCORES = ("exact", "partial", "void")
SWITCH = ("yes", "no")
MOST_POINTS = 1000

TOPIC_KEYS = frozenset({"id", "was"})
PROSE_KEYS = frozenset({"id", "was", "kind"})
QUESTION_KEYS = frozenset(
    {"id", "kind", "objective", "level", "tags", "points", "shuffle", "score", "v", "was", "uses"}
)
DEFAULT_KEYS = frozenset({"level", "tags", "shuffle", "score"})

Pairs = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Settings:
    """The metadata of a question, with the pack's defaults and ours; "" where nothing is said."""

    id: str
    kind: str
    objective: str
    level: str
    tags: tuple[str, ...]
    points: float
    shuffle: bool
    score: str
    v: int
    was: str
    uses: str


def read_pairs(comment: Comment | None, allowed: frozenset[str], report: Report) -> Pairs:
    """Return the pairs whose key is allowed and whose value can be read (E102, E104, E105)."""
    pairs: dict[str, Value] = {}
    for place, text in _pieces(comment) if comment else ():
        key, colon, value = (part.strip() for part in text.partition(":"))
        if not colon:
            report(place, "E104", f"'{text}' is no `key: value`", "Part pairs with `;`.")
        elif key not in allowed:
            report(place, "E104", f"unknown key '{key}'", did_you_mean(key, allowed))
        elif key in pairs:
            report(place, "E105", f"`{key}` is given twice", "Leave one of them.")
        elif is_allowed(key, Value(value, place), report):
            pairs[key] = Value(value, place)
    return pairs


def read_defaults(given: Pairs, report: Report) -> Pairs:
    """Return the `defaults` of the front matter that are allowed (E003, E105)."""
    for key, value in given.items():
        if key not in DEFAULT_KEYS:
            hint = did_you_mean(key, DEFAULT_KEYS)
            report(value.place, "E003", f"unknown key '{key}' in `defaults`", hint)
    known = {key: value for key, value in given.items() if key in DEFAULT_KEYS}
    return {key: value for key, value in known.items() if is_allowed(key, value, report)}


def is_allowed(key: str, value: Value, report: Report) -> bool:
    """Return whether the value is one the key may have; report it otherwise (E102, E105)."""
    if key in ("id", "was", "uses"):
        return is_id(value, report)
    words = _words(key)
    if words:
        good, hint = value.text in words, did_you_mean(value.text, words)
    else:
        test, hint = _RULES[key]
        good = test(value.text)
    if not good:
        report(value.place, "E105", f"`{key}` cannot be '{value.text}'", hint)
    return good


def is_id(value: Value, report: Report, code: str = "E102") -> bool:
    """Return whether the value is an id; report it otherwise."""
    good = ID.fullmatch(value.text) is not None
    if not good:
        hint = "An id is 2 to 63 small letters, digits and hyphens."
        report(value.place, code, f"'{value.text}' is no id", hint)
    return good


def settings(pairs: Pairs, defaults: Pairs) -> Settings:
    """Return the metadata of a question, all of it checked before."""
    said = {key: value.text for key, value in {**defaults, **pairs}.items()}
    return Settings(
        id=said.get("id", ""),
        kind=said.get("kind", ""),
        objective=said.get("objective", ""),
        level=said.get("level", ""),
        tags=tuple(dict.fromkeys(_list(said.get("tags", "")))),
        points=float(said.get("points", "1")),
        shuffle=said.get("shuffle", "yes") == "yes",
        score=said.get("score", "exact"),
        v=int(said.get("v", "1")),
        was=said.get("was", ""),
        uses=said.get("uses", ""),
    )


def _pieces(comment: Comment) -> list[tuple[Place, str]]:
    """Return the texts between `;` and line ends, each with its place."""
    pieces: list[tuple[Place, str]] = []
    for below, line in enumerate(comment.text.split("\n")):
        first = Place(comment.place.file, comment.place.line, comment.place.col + len("<!--"))
        start = comment.place.below(below) if below else first
        at = 0
        for text in line.split(";"):
            if text.strip():
                indent = len(text) - len(text.lstrip())
                place = Place(start.file, start.line, start.col + at + indent)
                pieces.append((place, text.strip()))
            at += len(text) + 1
    return pieces


def _words(key: str) -> tuple[str, ...]:
    if key == "kind":
        return (*kinds(), PROSE)
    return {"level": LEVELS, "score": SCORES, "shuffle": SWITCH}.get(key, ())


def _list(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _is_points(text: str) -> bool:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return False
    return number.is_finite() and 0 < number <= MOST_POINTS


def _is_version(text: str) -> bool:
    return re.fullmatch(r"[1-9][0-9]{0,5}", text) is not None


_RULES: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "points": (_is_points, f"Write a number above 0, at most {MOST_POINTS}."),
    "v": (_is_version, "Write a whole number from 1."),
    "tags": (lambda text: bool(_list(text)), "Write words with commas between them."),
    "objective": (
        lambda text: ID.fullmatch(text) is not None,
        "Name one objective of the topic by its id.",
    ),
}
