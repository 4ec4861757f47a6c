"""How each type of Moodle's questions becomes one of our kinds."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from quiz.core.exchange import plain
from quiz.core.kinds import JSON, Remark
from quiz.core.numbers import normal_number
from quiz.core.tasklists import LETTERS
from quiz.core.typed import normal
from quiz.formats.asked import Asked, UnaskedError, remark_of, without_points, without_titles
from quiz.formats.elements import Element
from quiz.formats.html import language_of, text_of
from quiz.formats.moodle.cloze import read_cloze
from quiz.formats.moodle.texts import Texts, format_of
from quiz.formats.numbers import decimal, interval
from quiz.formats.settings import Told

WILD = re.compile(r"(?<!\\)\*")


@dataclass(frozen=True, slots=True)
class Source:
    """An element with what is known around it; `format` is that of its text."""

    element: Element
    texts: Texts
    beliefs: Collection[str]
    told: Told
    stem: str
    format: str

    def answers(self) -> Iterator[tuple[float, Element]]:
        """Yield the answers with their percentages; a share between 0 and 100 is told as lost."""
        for found in self.element.all("answer"):
            try:
                yield float(found.attributes.get("fraction", "0")), found
            except ValueError:
                raise UnaskedError("a fraction that is no number") from None

    def feedback(self, answer: Element, *, wrong: bool) -> Remark | None:
        """Return what is said of an answer."""
        return self.texts.remark(answer.first("feedback"), self.beliefs, wrong=wrong)

    def lose(self, what: str, said: str = "", at: Element | None = None) -> None:
        """Note a loss at the element, or at another one."""
        self.texts.lose(at or self.element, what, said)


def _choice(source: Source) -> Asked:
    many = source.element.said("single").lower() in ("false", "0")
    options: list[JSON] = []
    remarks: dict[str, Remark] = {}
    worst = 0.0
    for key, (worth, found) in zip(LETTERS, source.answers(), strict=False):
        right = worth > 0 if many else worth >= 100
        if 0 < worth < 100 and not many:
            source.lose("fraction", f"{worth:g} % for one option", found)
        worst = min(worst, worth)
        text = source.texts.markdown(found, source.format)
        options.append({"key": key, "text": text, "right": right})
        said = source.feedback(found, wrong=not right)
        if said:
            remarks[key] = said
    if len(list(source.element.all("answer"))) > len(LETTERS):
        raise UnaskedError(f"more than {len(LETTERS)} options")
    truefalse = sorted(option["text"] for option in options) == ["False", "True"]
    kind = "multiple" if many else "truefalse" if truefalse else "single"
    score = "exact" if not many or worst <= -100 else "partial"
    return Asked(kind, options, source.stem, remarks, score)


def _truefalse(source: Source) -> Asked:
    options: list[JSON] = []
    remarks: dict[str, Remark] = {}
    for key, (worth, found) in zip("ab", source.answers(), strict=False):
        text = found.said("text").capitalize()
        options.append({"key": key, "text": text, "right": worth > 0})
        said = source.feedback(found, wrong=worth <= 0)
        if said:
            remarks[key] = said
    if sorted(option["text"] for option in options) != ["False", "True"]:
        raise UnaskedError("true or false with other answers")
    return Asked("truefalse", options, source.stem, remarks)


def _short(source: Source) -> Asked:
    loose = source.element.said("usecase") in ("0", "")
    match = source.told.get("match") or ("text" if loose else "code")
    accepted: dict[str, str] = {}
    remarks: dict[str, Remark] = {}
    for worth, found in source.answers():
        inner = found.first("text")
        raw = inner.text if inner else ""
        value = raw.strip() if "\n" in raw or match != "exact" else raw
        if WILD.search(value):
            source.lose("wildcard", value, found)
            continue
        value = value.replace("\\*", "*")
        if worth >= 100:
            accepted.setdefault(normal(value, match), value)
            continue
        if worth > 0:
            source.lose("fraction", f"{worth:g} % for {value}", found)
        said = source.feedback(found, wrong=True)
        if said:
            remarks[normal(value, match)] = said
    if not accepted:
        raise UnaskedError("no answer that is right without wildcards")
    return Asked(
        "text", {"accepted": list(accepted.values()), "match": match}, source.stem, remarks
    )


def _numerical(source: Source) -> Asked:
    payload: JSON = None
    remarks: dict[str, Remark] = {}
    for worth, found in source.answers():
        value = decimal(found.said("text"))
        if value is None:
            source.lose("feedback", f"for {found.said('text')}", found)
        elif worth >= 100 and payload is None:
            payload = interval(value, decimal(found.said("tolerance")) or Decimal(0))
        elif worth >= 100:
            source.lose("answer", f"{value} is right, too", found)
        else:
            if worth > 0:
                source.lose("fraction", f"{worth:g} % for {value}", found)
            said = source.feedback(found, wrong=True)
            if said:
                remarks[normal_number(value)] = said
    if payload is None:
        raise UnaskedError("no number that is right")
    return Asked("number", payload, source.stem, remarks)


def _matching(source: Source) -> Asked:
    stem, titles = without_titles(source.stem)
    pairs: list[list[str]] = []
    extras: list[str] = []
    for row in source.element.all("subquestion"):
        left = " ".join(source.texts.markdown(row, source.format).split())
        right = row.said("answer", "text")
        right = right if format_of(row, source.format) == "markdown" else plain(right)
        if left:
            pairs.append([left, right])
        else:
            extras.append(right)
    payload = {"titles": titles, "pairs": pairs, "extras": extras}
    return Asked("match", payload, stem, score="partial")


def _ordering(source: Source) -> Asked:
    placed: list[tuple[float, str]] = []
    languages: set[str] = set()
    for worth, found in source.answers():
        inner = found.first("text")
        raw = inner.text if inner else ""
        code, language = text_of(raw), language_of(raw)
        languages.add(language)
        placed.append((worth, code))
    # Older files number no answer: then they stand in their order.
    solution = [[code, 0] for _, code in sorted(placed, key=lambda pair: pair[0])]
    language = languages.pop() if len(languages) == 1 else ""
    payload = {"language": language or "text", "solution": solution, "distractors": []}
    exact = source.element.said("gradingtype") in ("ALL_OR_NOTHING", "-1")
    score = "exact" if exact else "partial"
    return Asked("order", {**payload, "free": [], "indent": False}, source.stem, score=score)


def _essay(source: Source) -> Asked:
    text = source.texts.markdown(source.element.first("graderinfo"))
    if not text:
        text = source.texts.markdown(source.element.first("generalfeedback"))
        if not text:
            raise UnaskedError("an essay without a model answer")
    return Asked("recall", without_points(text), source.stem)


def _cloze(source: Source) -> Asked:
    inner = source.element.first("questiontext", "text")
    read = read_cloze(inner.text if inner else "")
    if read.odd:
        raise UnaskedError(read.odd)
    for what, said in dict.fromkeys(read.lost):
        source.lose(what, said)
    payload = {"code": read.code, "language": read.language, "accepted": read.accepted}
    remarks = {
        key: remark_of(text, source.beliefs, wrong=True) for key, text in read.remarks.items()
    }
    return Asked("cloze", payload, read.stem, remarks, "partial")


TYPES: Mapping[str, Callable[[Source], Asked]] = {
    "multichoice": _choice,
    "truefalse": _truefalse,
    "shortanswer": _short,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "ordering": _ordering,
    "essay": _essay,
    "cloze": _cloze,
    "multianswer": _cloze,
}
