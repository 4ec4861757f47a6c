"""A pack as text for text2qti, which makes a quiz for Canvas and other systems of it.

It asks by options, lines of text and numbers; what fits none of these becomes an essay with the
answer in its feedback. Its text is Markdown in another dialect, so ours is said anew in that one.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from quiz.core.exchange import Loss, Written
from quiz.core.kinds import JSON, Remark
from quiz.core.packs import Pack, Topic
from quiz.core.questions import Question
from quiz.core.words import CODE, FENCE, visible
from quiz.formats.losing import lost_of, lost_of_pack
from quiz.formats.paper import NONE_WRONG, answer, asked, line_named

SMALLEST, LARGEST = Decimal("0.0001"), Decimal("1e300")
"""The size of the numbers that it takes."""

ESCAPE = re.compile(r"\\(?:([!-/:-@[-`{-~])|(num|si|SI)\{)?|\$")
MEANT = {"<": "&lt;", "&": "&amp;"}
ESCAPABLE = frozenset("\\`*_{}[]()>#+-.!$|")
"""What a backslash keeps from being a mark there; before other signs it would be shown."""

PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")

KEPT = frozenset({"title", "explanation", "source", "points", "shuffle", "uses"})


@dataclass(frozen=True, slots=True)
class Answers:
    """How a question is answered, in lines of text2qti.

    `told` is Markdown that its feedback begins with; `became` is the kind it is asked as and what
    that means, "" where it is its own; `remarks` says whether those of the question are written.
    """

    lines: tuple[str, ...]
    told: str = ""
    became: str = ""
    remarks: bool = False


def write(pack: Pack) -> Written:
    """Return the pack as one quiz, with a region of text before the questions of each topic."""
    losses = lost_of_pack(pack, frozenset({"description", "topic", "notes"}))
    shuffled = any(question.shuffle for question in pack.questions)
    lines = [f"Quiz title: {visible(pack.title)}"]
    lines += [_region("Quiz description:", pack.description)] if pack.description else []
    lines += [f"Shuffle answers: {str(shuffled).lower()}"]
    seen: dict[str, int] = {}
    for topic in pack.topics:
        lines += _topic(topic)
        for question in topic.questions:
            text, lost = _question(question, seen, shuffled)
            lines += [text] if text else []
            losses += lost
    return Written(("\n\n".join(lines) + "\n").encode(), tuple(losses))


def _topic(topic: Topic) -> Iterator[str]:
    yield f"Text title: {visible(topic.title)}"
    if topic.notes:
        yield _region("Text:", topic.notes)


def _question(question: Question, seen: dict[str, int], shuffled: bool) -> tuple[str, list[Loss]]:
    """Return a question and what it loses; "" for one that must not count."""
    if question.wording.score == "void":
        return "", [Loss(question.place, "question", "left out, as its score is void")]
    answers = ANSWERS.get(question.wording.body.name, _essay)(question)
    said, points = question.commentary, _points(question.points)
    feedback = [answers.told, said.explanation, said.source and f"Source: {said.source}"]
    lines = [
        f"Title: {visible(said.title)}",
        f"Points: {points:g}",
        _element("1.  ", _once(asked(question), seen)),
        *([_element("... ", "\n\n".join(filter(None, feedback)))] if any(feedback) else []),
        *answers.lines,
    ]
    kept = KEPT | ({"rationale"} if answers.remarks else set())
    losses = lost_of(question, kept)
    losses = [*_asked_otherwise(question, answers), *losses]
    if points != question.points:
        losses.append(Loss(question.place, "points", f"{question.points:g} became {points:g}"))
    if shuffled and not question.shuffle:
        losses.append(Loss(question.place, "shuffle", "the whole quiz is shuffled"))
    return "\n".join(lines), losses


def _asked_otherwise(question: Question, answers: Answers) -> Iterator[Loss]:
    body = question.wording.body
    if answers.became:
        yield Loss(question.place, "kind", f"{body.name} becomes {answers.became}")
    if body.name == "text" and body.dump()["match"] != "text":
        yield Loss(question.place, "match", "capitals do not matter there")


def _once(text: str, seen: dict[str, int]) -> str:
    """Return the text, with a number where an earlier question has the same: no two may."""
    key = " ".join(visible(text).split())
    seen[key] = seen.get(key, 0) + 1
    return f"{text}\n\n({seen[key]})" if seen[key] > 1 else text


def _points(points: float) -> float:
    """Return the nearest number of points that it takes: halves, above 0."""
    return max(0.5, round(points * 2) / 2)


def _element(mark: str, text: str) -> str:
    """Return Markdown behind a mark, its further lines as far to the right."""
    return mark + textwrap.indent(_said_anew(text), " " * len(mark)).lstrip()


def _region(mark: str, text: str) -> str:
    # The first line further down says how far all are indented, so none may be first by chance.
    return f"{mark} <!-- -->\n{textwrap.indent(_said_anew(text), '    ')}"


def _said_anew(text: str) -> str:
    """Return our Markdown in that of text2qti, where `$` is mathematics and pictures are files."""
    parts: list[str] = []
    at = 0
    for fence in FENCE.finditer(text):
        parts += [_prose(text[at : fence.start()]), fence[0]]
        at = fence.end()
    return "".join([*parts, _prose(text[at:])])


def _prose(text: str) -> str:
    pieces: list[str] = []
    at = 0
    for code in CODE.finditer(text):
        pieces += [_plain(text[at : code.start()]), code[0]]
        at = code.end()
    return "".join([*pieces, _plain(text[at:])])


def _plain(text: str) -> str:
    return ESCAPE.sub(_escape, PICTURE.sub(r"(Picture: \1)", text))


def _escape(found: re.Match[str]) -> str:
    sign = found[1]
    if found[0] == "$":
        return "\\$"
    if sign:
        return MEANT.get(sign, found[0] if sign in ESCAPABLE else sign)
    return "\\" + found[0]


def _options(question: Question) -> Answers:
    body = question.wording.body
    lines: list[str] = []
    for option in body.dump():
        if body.name == "multiple":
            mark = "[*] " if option["right"] else "[ ] "
        else:
            mark = f"{'*' if option['right'] else ''}{option['key']})".ljust(4)
        lines += _choice(mark, option["text"], question.commentary.remarks.get(option["key"]))
    return Answers(tuple(lines), remarks=True)


def _pick(question: Question) -> Answers:
    payload, remarks = question.wording.body.dump(), question.commentary.remarks
    lines: list[str] = []
    for number, line in enumerate(payload["lines"], 1):
        if line.strip():
            mark = "[*] " if number in payload["marked"] else "[ ] "
            lines += _choice(mark, line_named(number, line), remarks.get(str(number)))
    lines += _choice("[ ] " if payload["marked"] else "[*] ", NONE_WRONG, None)
    return Answers(tuple(lines), became="multiple, its lines are options", remarks=True)


def _choice(mark: str, text: str, remark: Remark | None) -> Iterator[str]:
    yield _element(mark, text)
    if remark and remark.text:
        yield _element("... ", remark.text)


def _text(question: Question) -> Answers:
    return Answers(_typed(question.wording.body.dump()["accepted"]))


def _typed(accepted: JSON) -> tuple[str, ...]:
    return tuple(f"*   {text}" for text in dict.fromkeys(text.strip() for text in accepted))


def _number(question: Question) -> Answers:
    payload = question.wording.body.dump()
    low, high = Decimal(payload["low"]), Decimal(payload["high"])
    if all(SMALLEST <= abs(end) <= LARGEST for end in (low, high)):
        return Answers((f"=   {low:f} +- 0" if low == high else f"=   [{low:f}, {high:f}]",))
    if low == high:
        return Answers(_typed([payload["low"]]), became="text, as it is so near to zero")
    return _essay(question)


def _cloze(question: Question) -> Answers:
    accepted = question.wording.body.dump()["accepted"]
    if len(accepted) > 1:
        return _essay(question)
    return Answers(_typed(accepted[0]), became="text, where capitals do not matter")


def _predict(question: Question) -> Answers:
    payload = question.wording.body.dump()
    if payload["raises"] or not payload["output"].strip() or "\n" in payload["output"]:
        return _essay(question)
    return Answers(_typed([payload["output"]]), became="text, where capitals do not matter")


def _essay(question: Question) -> Answers:
    body = question.wording.body
    became = "" if body.self_graded else "recall, which a person grades"
    return Answers(("____",), told=answer(body), became=became)


ANSWERS: Mapping[str, Callable[[Question], Answers]] = {
    "cloze": _cloze,
    "multiple": _options,
    "number": _number,
    "pick": _pick,
    "predict": _predict,
    "single": _options,
    "text": _text,
    "truefalse": _options,
}
